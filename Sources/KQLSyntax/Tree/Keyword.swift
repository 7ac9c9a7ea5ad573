/// A word or compound that some production of the language names.
///
/// Keywords are contextual: nearly all of them may also be names of columns, tables or functions.
/// The raw value is the text; keywords are case-sensitive.
public enum Keyword: String, Sendable, Hashable, CaseIterable {
  /// Not a keyword.
  case none = ""

  // Statements
  case access
  case alias
  case database
  case declare
  case `let`
  case pattern
  case queryParameters = "query_parameters"
  case restrict
  case set
  case to
  case view

  // Operators
  case executeAndCache = "__executeAndCache"
  case partitionBy = "__partitionby"
  case underscoreProjectAway = "__projectAway"
  case `as`
  case assertSchema = "assert-schema"
  case consume
  case count
  case distinct
  case evaluate
  case extend
  case facet
  case filter
  case find
  case fork
  case getschema
  case graphMarkComponents = "graph-mark-components"
  case graphMatch = "graph-match"
  case graphShortestPaths = "graph-shortest-paths"
  case graphToTable = "graph-to-table"
  case graphWhereEdges = "graph-where-edges"
  case graphWhereNodes = "graph-where-nodes"
  case invoke
  case join
  case limit
  case lookup
  case macroExpand = "macro-expand"
  case makeGraph = "make-graph"
  case makeSeries = "make-series"
  case mvApply = "mv-apply"
  case mvExpand = "mv-expand"
  case mvApplyWord = "mvapply"
  case mvExpandWord = "mvexpand"
  case order
  case parse
  case parseKv = "parse-kv"
  case parseWhere = "parse-where"
  case partition
  case print
  case project
  case projectAway = "project-away"
  case projectByNames = "project-by-names"
  case projectKeep = "project-keep"
  case projectRename = "project-rename"
  case projectReorder = "project-reorder"
  case projectSmart = "project-smart"
  case range
  case reduce
  case render
  case sample
  case sampleDistinct = "sample-distinct"
  case scan
  case search
  case serialize
  case sort
  case summarize
  case take
  case top
  case topHitters = "top-hitters"
  case topNested = "top-nested"
  case union
  case `where`

  // Sources and calls
  case contextualDatatable = "__contextual_datatable"
  case datatable
  case entityGroup = "entity_group"
  case externalDataWord = "external_data"
  case externaldata
  case inlineExternalTable = "inline_external_table"
  case materialize
  case materializedViewCombine = "materialized-view-combine"
  case toscalar
  case totable

  // Words of operators
  case accumulate
  case aggregations
  case all
  case anomalychart
  case anomalycolumns
  case areachart
  case asc
  case axes
  case barchart
  case base
  case bin
  case by
  case card
  case chart3D = "3Dchart"
  case columnchart
  case cycles
  case dataScope = "datascope"
  case dataFormat = "dataformat"
  case `default`
  case delta
  case desc
  case earliest
  case edges
  case first
  case flags
  case from
  case grannyAsc = "granny-asc"
  case grannyDesc = "granny-desc"
  case graph
  case hasAll = "has_all"
  case hasAny = "has_any"
  case hidden
  case hot
  case hotcache
  case hotdata
  case hotindex
  case id
  case kind
  case ladderchart
  case last
  case latest
  case legend
  case linear
  case linechart
  case list
  case log
  case map
  case nodes
  case noneWord = "none"
  case nooptimization
  case null
  case nulls
  case of
  case on
  case optional
  case others
  case output
  case pack
  case panels
  case partitionedBy = "partitioned-by"
  case pathFormat = "pathformat"
  case piechart
  case pivotchart
  case plotly
  case regex
  case relaxed
  case sankey
  case scatterchart
  case series
  case simple
  case stacked
  case stacked100
  case stackedareachart
  case step
  case table
  case threshold
  case timechart
  case timeline
  case timepivot
  case title
  case treemap
  case unstacked
  case visible
  case with
  case xaxis
  case xcolumn
  case xmax
  case xmin
  case xtitle
  case yaxis
  case ycolumns
  case ymax
  case ymin
  case ysplit
  case ytitle
  case datetimePattern = "datetime_pattern"
  case missing
  case into
  case execute
  case plugin
  case replace
  case cluster
  case folder

  // Operator parameters
  case crossCluster = "__crossCluster"
  case crossDatabase = "__crossDB"
  case underscoreId = "__id"
  case underscoreIsFuzzy = "__isFuzzy"
  case noWithSource = "__noWithSource"
  case packedColumn = "__packedColumn"
  case sourceColumnIndex = "__sourceColumnIndex"
  case bestEffort = "best_effort"
  case bagexpansion
  case binLegacy = "bin_legacy"
  case decodeblocks
  case expandoutput
  case forceRemote = "force_remote"
  case isfuzzy
  case withItemIndex = "with_itemindex"
  case withMatchId = "with_match_id"
  case withNodeId = "with_node_id"
  case withSourceUnderscore = "with_source"
  case withSourceId = "with_source_id"
  case withTargetId = "with_target_id"
  case withComponentId = "with_component_id"
  case withStepName = "with_step_name"
  case withSource = "withsource"

  // Operators of expressions
  case and
  case or
  case `in`
  case inInsensitive = "in~"
  case notIn = "!in"
  case notInInsensitive = "!in~"
  case between
  case notBetween = "!between"
  case contains
  case containsCs = "contains_cs"
  case notContains = "!contains"
  case notContainsCs = "!contains_cs"
  case containsCsWord = "containscs"
  case notContainsWord = "notcontains"
  case notContainsCsWord = "notcontainscs"
  case startswith
  case startswithCs = "startswith_cs"
  case notStartswith = "!startswith"
  case notStartswithCs = "!startswith_cs"
  case endswith
  case endswithCs = "endswith_cs"
  case notEndswith = "!endswith"
  case notEndswithCs = "!endswith_cs"
  case has
  case hasCs = "has_cs"
  case notHas = "!has"
  case notHasCs = "!has_cs"
  case hasprefix
  case hasprefixCs = "hasprefix_cs"
  case notHasprefix = "!hasprefix"
  case notHasprefixCs = "!hasprefix_cs"
  case hassuffix
  case hassuffixCs = "hassuffix_cs"
  case notHassuffix = "!hassuffix"
  case notHassuffixCs = "!hassuffix_cs"
  case like
  case likeCs = "likecs"
  case notLike = "notlike"
  case notLikeCs = "notlikecs"
  case matchesRegex = "matches regex"

  // Types
  case bool
  case boolean
  case byte
  case char
  case date
  case datetime
  case decimal
  case double
  case dynamic
  case float
  case guid
  case int
  case int16
  case int32
  case int64
  case int8
  case long
  case real
  case string
  case time
  case timespan
  case typeof
  case uint
  case uint16
  case uint32
  case uint64
  case uint8
  case ulong
  case uniqueid
  case uuid

  // Hints
  case hintConcurrency = "hint.concurrency"
  case hintDistribution = "hint.distribution"
  case hintMaterialized = "hint.materialized"
  case hintNumPartitions = "hint.num_partitions"
  case hintPassFilters = "hint.pass_filters"
  case hintPassFiltersColumn = "hint.pass_filters_column"
  case hintProgressiveTop = "hint.progressive_top"
  case hintRemote = "hint.remote"
  case hintShufflekey = "hint.shufflekey"
  case hintSpread = "hint.spread"
  case hintStrategy = "hint.strategy"
}
