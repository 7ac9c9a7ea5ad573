/// The queries that are timed.
///
/// `in_memory.py` has each in SQL; the last column of the first row must agree, or the number of
/// rows where there are several.
enum BenchmarkQueries {
  static let all: [(name: String, text: String)] = [
    ("has", "Events | where ProcessCommandLine has \"mimikatz\" | count"),
    ("group_string", "Events | summarize count() by DeviceName"),
    ("group_hour", "Events | summarize count() by bin(Timestamp, 1h)"),
    ("time_range", "Events | where Timestamp >= datetime(2024-01-20) | count"),
    (
      "filter_group",
      "Events | where ProcessCommandLine has \"update17\" | summarize count() by DeviceName"
    ),
    ("search", "search in (Events) \"mimikatz\" | count"),
    (
      "top_filtered",
      "Events | where ProcessCommandLine has \"mimikatz\" | top 100 by Timestamp desc"
        + " | summarize sum(Key)"
    ),
    ("top_time", "Events | top 100 by Timestamp desc | summarize sum(Key)"),
    ("top_key", "Events | top 100 by Scattered asc | summarize sum(Key)"),
    ("hash_join", "Events | join kind=inner Keys on Key | summarize count(), sum(Weight)"),
    (
      "hash_join_scattered",
      "Events | join kind=inner Keys on Scattered | summarize count(), sum(Weight)"
    ),
    (
      "join_few",
      "Events | join kind=inner (Keys | where Weight == 5) on Scattered"
        + " | summarize count(), sum(Weight)"
    ),
    (
      "join_pairs",
      "Events | join kind=inner (Events | where ProcessCommandLine has \"mimikatz\""
        + " | distinct DeviceName, ProcessCommandLine) on DeviceName, ProcessCommandLine"
        + " | summarize count(), sum(Key)"
    ),
    (
      "leftanti",
      "Events | join kind=leftanti (Keys | where Weight < 512) on Scattered | summarize sum(Key)"
    ),
  ]
}
