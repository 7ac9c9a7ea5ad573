import CSIMD

/// The memory of this process as the system sees it.
public enum ProcessMemory {
  /// Lets freed memory go back to the system soon; for programs that hold to a limit.
  public static func returnFreedBlocks() { csimd_configure_allocator() }

  /// Gives all free memory back now; takes milliseconds.
  public static func trim() { csimd_trim_allocator() }

  /// Bytes of memory that no file backs; 0 where the system does not tell.
  public static var anonymousBytes: Int { csimd_anonymous_bytes() }
}
