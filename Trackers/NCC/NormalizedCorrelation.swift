/// A grey picture of whole numbers 0...255, rows from the top.
package struct GreyPatch: Hashable, Sendable {
  package let width: Int
  package let height: Int
  package let values: [Int32]

  /// - Precondition: as many values as the sides say, both at least 1.
  package init(width: Int, height: Int, values: [Int32]) {
    precondition(width > 0 && height > 0 && values.count == width * height)
    self.width = width
    self.height = height
    self.values = values
  }

  /// A part of it. - Precondition: it lies inside.
  package func part(left: Int, top: Int, width: Int, height: Int) -> GreyPatch {
    precondition(left >= 0 && top >= 0 && left + width <= self.width && top + height <= self.height)
    return GreyPatch(
      width: width, height: height,
      values: (0..<height).flatMap { row in
        let first = (top + row) * self.width + left
        return values[first..<first + width]
      })
  }
}

/// How well a template fits at each place of a picture: Pearson's correlation of the two, -1...1, whatever their brightness
/// and contrast.
///
/// Products are summed directly, sums and squares of the picture under the template come from integral images; all in whole
/// numbers, so that only the last division rounds. Where either is flat the correlation is 0.
///
/// Source: Lewis, "Fast Normalized Cross-Correlation", Vision Interface 1995, equations 2 and 7.
package enum NormalizedCorrelation {
  /// (picture height - template height + 1) x (picture width - template width + 1) values, row by row. Cost: one multiply-add
  /// for each place and cell of the template.
  /// - Precondition: the template is no larger than the picture and has at most 4096 cells of 0...255.
  package static func map(_ template: GreyPatch, over picture: GreyPatch) -> [Double] {
    let (columns, rows) = (picture.width - template.width + 1, picture.height - template.height + 1)
    let count = template.values.count
    precondition(columns > 0 && rows > 0 && count <= 4096)
    let n = Int64(count)
    let templateSum = template.values.reduce(Int64(0)) { $0 + Int64($1) }
    let templateSquares = template.values.reduce(Int64(0)) { $0 + Int64($1) * Int64($1) }
    let templateVariance = n * templateSquares - templateSum * templateSum
    let sums = integral(picture) { Int64($0) }
    let squares = integral(picture) { Int64($0) * Int64($0) }
    var products = [Int32](repeating: 0, count: columns)
    var map: [Double] = []
    map.reserveCapacity(rows * columns)
    for top in 0..<rows {
      multiply(template, picture, top: top, into: &products)
      for left in 0..<columns {
        func within(_ table: [Int64]) -> Int64 {
          let (above, below) = (top * (picture.width + 1), (top + template.height) * (picture.width + 1))
          let right = left + template.width
          return table[below + right] - table[below + left] - table[above + right] + table[above + left]
        }
        let sum = within(sums)
        let variance = n * within(squares) - sum * sum
        let covariance = n * Int64(products[left]) - templateSum * sum
        let scale = (Double(templateVariance) * Double(variance)).squareRoot()
        map.append(scale > 0 ? Double(covariance) / scale : 0)
      }
    }
    return map
  }

  /// The sums of products for all places of a row; at most 4096 * 255 * 255, which fits.
  private static func multiply(_ template: GreyPatch, _ picture: GreyPatch, top: Int, into products: inout [Int32]) {
    products.withUnsafeMutableBufferPointer { products in
      template.values.withUnsafeBufferPointer { factors in
        picture.values.withUnsafeBufferPointer { values in
          products.update(repeating: 0)
          for row in 0..<template.height {
            for column in 0..<template.width {
              let factor = factors[row * template.width + column]
              let first = (top + row) * picture.width + column
              for left in 0..<products.count { products[left] &+= factor &* values[first + left] }
            }
          }
        }
      }
    }
  }

  /// Sums over everything above and to the left of each corner: (height + 1) x (width + 1).
  private static func integral(_ picture: GreyPatch, of value: (Int32) -> Int64) -> [Int64] {
    let stride = picture.width + 1
    var table = [Int64](repeating: 0, count: stride * (picture.height + 1))
    for row in 0..<picture.height {
      var sum: Int64 = 0
      for column in 0..<picture.width {
        sum += value(picture.values[row * picture.width + column])
        table[(row + 1) * stride + column + 1] = table[row * stride + column + 1] + sum
      }
    }
    return table
  }
}
