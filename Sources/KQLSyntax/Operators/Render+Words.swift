extension Keyword {
  /// Whether the keyword names a chart of render.
  var isChart: Bool {
    switch self {
    case .anomalychart, .areachart, .barchart, .card, .chart3D, .columnchart, .graph,
      .ladderchart, .linechart, .list, .piechart, .pivotchart, .plotly, .sankey, .scatterchart,
      .stackedareachart, .table, .timechart, .timeline, .timepivot, .treemap:
      true
    default: nameUse == .always
    }
  }

  /// Whether the keyword names a property of render.
  var isRenderProperty: Bool {
    switch self {
    case .accumulate, .anomalycolumns, .kind, .legend, .series, .title, .xaxis, .xcolumn, .xmax,
      .xmin, .xtitle, .yaxis, .ycolumns, .ymax, .ymin, .ysplit, .ytitle:
      true
    default: false
    }
  }
}
