import CZlib
import Columnar
import PatternMatching

extension ScalarFunction {
  static let decompressionFamily: [ScalarFunction] = [gzipDecompress, zlibDecompress]

  static let gzipDecompress = ScalarFunction(
    "gzip_decompress_from_base64_string",
    "string",
    "Decodes base64 and decompresses gzip; what is none gives the empty text.",
    examples: [
      Example(
        "print gzip_decompress_from_base64_string("
          + "\"H4sIAAAAAAAA/wEUAOv/MTIzNDU2Nzg5MHF3ZXJ0eXVpb3A6m7f2FAAAAA==\")",
        "1234567890qwertyuiop"
      ),
      Example("print gzip_decompress_from_base64_string(\"x0x0x0\")", ""),
    ],
    kernels: [.inflating(windowBits: 15 + 16)]
  )

  static let zlibDecompress = ScalarFunction(
    "zlib_decompress_from_base64_string",
    "string",
    "Decodes base64 and decompresses zlib; what is none gives the empty text.",
    examples: [
      Example(
        "print zlib_decompress_from_base64_string(\"eJwLSS0uUSguKcrMS1cwNDIGACxqBQ4=\")",
        "Test string 123"
      ),
      Example("print zlib_decompress_from_base64_string(\"x0x0x0\")", ""),
    ],
    kernels: [.inflating(windowBits: 15)]
  )
}

extension ScalarKernel {
  fileprivate static func inflating(windowBits: Int32) -> ScalarKernel {
    ScalarKernel([.type(.string)], result: .string) { call in
      try liftText(call) { builder in
        let texts = TextReader(call.arguments[0])
        return { row in
          guard let packed = Base64.decode(texts[row]) else { return }
          let inflation = Inflation(packed, windowBits: windowBits)
          if inflation.isTooLarge {
            throw QueryFailure(
              .memory,
              "a value decompresses to more than \(Inflation.limit) bytes",
              range: call.site.range
            )
          }
          guard let bytes = inflation.bytes,
            bytes.withUnsafeBufferPointer({ UTF8Text.isValid($0) })
          else { return }
          builder.write(bytes)
        }
      }
    }
  }
}

/// What compressed bytes decompress to.
private struct Inflation {
  /// The most bytes that one value may become, so that few bytes cannot fill the memory.
  static let limit = 1 << 26

  /// nil where the bytes are broken or end too early.
  private(set) var bytes: [UInt8]?
  private(set) var isTooLarge = false

  init(_ packed: [UInt8], windowBits: Int32) {
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(&stream, windowBits, ZLIB_VERSION, size) == Z_OK else { return }
    defer { inflateEnd(&stream) }
    var input = packed
    var output: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    var status = Z_OK
    input.withUnsafeMutableBufferPointer { source in
      stream.next_in = source.baseAddress
      stream.avail_in = UInt32(truncatingIfNeeded: source.count)
      while status == Z_OK, output.count <= Self.limit {
        let written = block.withUnsafeMutableBufferPointer { target -> Int in
          stream.next_out = target.baseAddress
          stream.avail_out = UInt32(truncatingIfNeeded: target.count)
          status = inflate(&stream, Z_NO_FLUSH)
          return target.count - Int(stream.avail_out)
        }
        output += block[..<written]
      }
    }
    isTooLarge = output.count > Self.limit
    if status == Z_STREAM_END, !isTooLarge { bytes = output }
  }
}
