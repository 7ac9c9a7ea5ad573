/// Rows of cells as they are to stand on the screen.
struct Frame: Equatable {
  /// One row, never wider than the screen.
  struct Row: Equatable {
    /// The bytes that draw it from its first column on, styles ended.
    var bytes: [UInt8]
    /// Cells that they take.
    var cells: Int
  }

  let size: ScreenSize
  var rows: [Row]
  var cursorRow: Int
  /// The cell of the cursor, below the width of the screen.
  var cursorColumn: Int
}
