import Scoring
import Testing

@Suite("The self-test")
struct SelfTestTests {
  private static let cases = SelfTest.run()

  @Test("Every case passes", arguments: cases)
  func passes(_ test: SelfTest.Case) {
    #expect(
      test.passes,
      "\(test.scenario), \(test.protocolName), \(test.profile): \(test.metric) is \(test.got.map { "\($0)" } ?? "nothing"), not \(test.expected)"
    )
    #expect(!test.reason.isEmpty)
  }

  @Test("Every profile has cases of every protocol it scores")
  func coverage() {
    func profiles(_ protocolName: String) -> Set<String> {
      Set(Self.cases.filter { $0.protocolName == protocolName }.map(\.profile))
    }
    #expect(profiles("ope") == Set((Profile.all + Profile.variants).map(\.name)))
    for name in ["tre", "supervised", "unsupervised", "multistart", "longterm"] {
      #expect(profiles(name) == Set(Profile.applicable(to: name, dataset: "vot2018").map(\.name)), "\(name)")
    }
    #expect(profiles("ope on GOT-10k") == ["got10k"])
  }

  @Test("Perfect tracking is 20/21 everywhere, and the report says why")
  func perfect() {
    let perfect = Self.cases.filter { $0.scenario == "truth replayed" && $0.metric == "success" }
    #expect(perfect.count > Profile.all.count)
    #expect(perfect.allSatisfy { $0.expected == 20.0 / 21 && $0.reason.contains("compared strictly") })
  }

  @Test("A wrong number does not pass, nor does a missing one")
  func fails() {
    func test(_ expected: Double, _ got: Double?) -> SelfTest.Case {
      SelfTest.Case(
        scenario: "s", protocolName: "ope", profile: "p", metric: "m", expected: expected, reason: "r", got: got,
        tolerance: 1e-9)
    }
    #expect(test(1, 1 + 1e-10).passes && test(.nan, .nan).passes)
    #expect(!test(1, 1 + 1e-8).passes && !test(1, nil).passes && !test(1, .nan).passes && !test(.nan, 1).passes)
  }

  @Test("Profiles rightly differ: the closed forms are not all the same")
  func differences() {
    func values(_ scenario: String, _ metric: String) -> Set<Double> {
      Set(
        Self.cases.filter { $0.scenario == scenario && $0.metric == metric && $0.protocolName == "ope" }.map(\.expected)
      )
    }
    #expect(values("truth moved by (3, 4)", "success").count == 2)
    #expect(values("one of two sequences lost entirely", "success").count == 3)
    #expect(values("static box", "success").count == 1)
  }
}
