// swift-tools-version: 6.1
import PackageDescription

// One target a room; what a target does not list, it cannot import (CONTRIBUTING.md draws the floors).

func room(_ name: String, _ dependencies: [Target.Dependency] = [], path: String? = nil) -> Target {
  .target(name: name, dependencies: dependencies, path: path)
}

func tests(of name: String, _ dependencies: [Target.Dependency] = [], path: String? = nil) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.target(name: name), "TestSupport"] + dependencies,
    path: path ?? "Tests/\(name)Tests")
}

let package = Package(
  name: "trackbench",
  products: [.executable(name: "trackbench", targets: ["trackbench"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // Floor 0, metal
    .target(name: "CKernels", publicHeadersPath: "include"),
    .target(
      name: "CImageCodecs", publicHeadersPath: "include",
      linkerSettings: [.linkedLibrary("jpeg"), .linkedLibrary("png")]),

    // Floor 1, ground
    room("Faults"),
    room("Files"),
    room("Geometry"),
    room("Hashing"),
    room("Parallel"),
    room("Imaging", ["CKernels", "CImageCodecs", "Faults", "Files"]),
    room("Checkpoints", ["Faults", "Files", "Hashing"]),
    room("Tensors", ["CKernels", "Checkpoints", "Faults"]),

    // Floor 2, field
    room("Tracking", ["Geometry", "Imaging", "Checkpoints", "Faults"]),
    room("Siamese", ["Geometry", "Imaging", "Tensors", "Checkpoints", "Tracking"]),
    room("Datasets", ["CKernels", "Faults", "Files", "Geometry", "Hashing", "Imaging"]),

    // Floor 3, trackers
    room(
      "SiamFC", ["Geometry", "Imaging", "Tensors", "Checkpoints", "Faults", "Tracking", "Siamese"],
      path: "Trackers/SiamFC"),
    room(
      "SiamRPN", ["Geometry", "Imaging", "Tensors", "Checkpoints", "Faults", "Tracking", "Siamese"],
      path: "Trackers/SiamRPN"),
    room(
      "SiamRPNPlusPlus", ["Geometry", "Imaging", "Tensors", "Checkpoints", "Faults", "Tracking", "Siamese"],
      path: "Trackers/SiamRPNPlusPlus"),
    room(
      "SiamBAN", ["Geometry", "Imaging", "Tensors", "Checkpoints", "Tracking", "Siamese"], path: "Trackers/SiamBAN"),
    room(
      "SiamBANACM", ["Geometry", "Imaging", "Tensors", "Checkpoints", "Tracking", "Siamese"],
      path: "Trackers/SiamBANACM"),
    room(
      "SiamRPNPlusPlusACM", ["Geometry", "Imaging", "Tensors", "Checkpoints", "Tracking", "Siamese"],
      path: "Trackers/SiamRPNPlusPlusACM"),

    room(
      "NanoTrack", ["Geometry", "Imaging", "Tensors", "Checkpoints", "Faults", "Tracking", "Siamese"],
      path: "Trackers/NanoTrack"),
    room("NCC", ["Geometry", "Imaging", "Tracking"], path: "Trackers/NCC"),

    // The compact weights of trackers, as files: no tracker knows of them.
    .target(name: "BundledWeights", resources: [.copy("Weights")]),

    // Floor 4, bench
    room("Scoring", ["CKernels", "Faults", "Geometry", "Parallel"]),
    room("Evaluation", ["Faults", "Geometry", "Imaging", "Tracking", "Datasets", "Scoring"]),
    room("Interchange", ["Faults", "Geometry", "Imaging", "Parallel", "Datasets", "Evaluation", "Scoring"]),

    room(
      "Store",
      [
        "Faults", "Geometry", "Hashing", "Parallel", "Datasets", "Evaluation", "Scoring",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    room(
      "Scoreboard",
      [
        "Faults", "Geometry", "Parallel", "Datasets", "Store", "Scoring", "Evaluation",
        .product(name: "Yams", package: "Yams"),
      ]),

    room("Configuration", ["Faults", "Tracking", .product(name: "Yams", package: "Yams")]),

    // Floor 5, desk
    room("Reporting", ["Scoring", "Scoreboard", "Store"]),

    // Floor 6, door
    .executableTarget(
      name: "trackbench",
      dependencies: [
        "Faults", "Geometry", "Parallel", "Imaging", "Checkpoints", "Tensors", "Tracking", "Siamese", "Datasets",
        "Evaluation", "BundledWeights", "SiamFC", "SiamRPN",
        "SiamRPNPlusPlus", "SiamRPNPlusPlusACM", "SiamBAN", "SiamBANACM", "NanoTrack", "NCC",
        "Configuration", "Scoring", "Interchange", "Store", "Scoreboard", "Reporting",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Tests
    .target(name: "TestSupport", path: "Tests/TestSupport"),
    .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
    .target(
      name: "SiameseGoldens",
      dependencies: ["Geometry", "Imaging", "Tensors", "Checkpoints", "Tracking", "Siamese", "TestSupport"],
      path: "Tests/SiameseGoldens"),
    tests(of: "Geometry"),
    tests(of: "Files"),
    tests(of: "Hashing"),
    tests(of: "Imaging", ["CKernels", "Faults", "Siamese"]),
    tests(of: "Checkpoints", ["Faults", "Hashing"]),
    tests(of: "Tensors", ["CKernels"]),
    tests(of: "Datasets", ["Faults", "Imaging", "Geometry", "Hashing"]),
    tests(of: "Siamese", ["Geometry", "Imaging", "Tensors", "Checkpoints", "Tracking"]),
    tests(
      of: "SiamFC", ["Imaging", "Tensors", "Checkpoints", "Tracking", "Siamese", "SiameseGoldens", "Geometry"]),
    tests(
      of: "SiamBAN", ["Geometry", "Imaging", "Tensors", "Checkpoints", "Tracking", "Siamese", "SiameseGoldens"]),
    tests(
      of: "SiamBANACM",
      [
        "SiamBAN", "SiamFC", "SiamRPNPlusPlusACM", "Geometry", "Imaging", "Tensors", "Checkpoints", "Tracking",
        "Siamese", "SiameseGoldens",
      ]),
    tests(
      of: "SiamRPN",
      ["Imaging", "Tensors", "Checkpoints", "Tracking", "Siamese", "SiameseGoldens", "Geometry"]),
    tests(
      of: "SiamRPNPlusPlus",
      ["Imaging", "Tensors", "Checkpoints", "Tracking", "Siamese", "SiameseGoldens", "Geometry"]),
    tests(
      of: "NanoTrack", ["Imaging", "Tensors", "Checkpoints", "Tracking", "Siamese", "SiameseGoldens", "Geometry"]),
    tests(of: "NCC", ["Geometry", "Imaging", "Checkpoints", "Tracking"]),
    tests(of: "Parallel"),
    tests(of: "Scoring", ["CKernels", "Geometry"]),
    tests(of: "Evaluation", ["Faults", "Geometry", "Imaging", "Tracking", "Datasets", "Scoring"]),
    tests(
      of: "Store", ["Geometry", "Datasets", "Evaluation", "Scoring", .product(name: "GRDB", package: "GRDB.swift")]),
    tests(of: "Scoreboard", ["Faults", "Geometry", "Datasets", "Evaluation", "Store", "Scoring"]),
    tests(of: "Configuration", ["Tracking", "SiamRPN", "SiamRPNPlusPlus", "SiamBAN"]),
    tests(of: "Reporting", ["Scoring"]),
    .testTarget(
      name: "CommandLineTests",
      dependencies: ["trackbench", "TestSupport", "Imaging", "Checkpoints", "Tracking", "NanoTrack"],
      path: "Tests/CommandLineTests"),
    tests(of: "Interchange", ["Geometry", "Datasets", "Evaluation", "Scoring"]),
    .testTarget(
      name: "BundledWeightsTests",
      dependencies: [
        "AllocationCounter", "BundledWeights", "Checkpoints", "Datasets", "Geometry", "Imaging", "SiamBAN",
        "SiamBANACM", "SiamFC", "SiamRPN", "SiamRPNPlusPlus", "Scoring", "Siamese", "Tensors", "TestSupport",
        "Tracking",
      ],
      path: "Tests/BundledWeightsTests", exclude: ["Outputs"]),
    .testTarget(
      name: "RegressionTests", dependencies: ["trackbench", "TestSupport"], path: "Tests/Regression",
      exclude: ["fast.yaml", "full.yaml", "real.yaml"]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c11
)

for target in package.targets {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
  ]
}
