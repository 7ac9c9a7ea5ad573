extension OperatorTreeTests {
  /// Trees of operators over graphs.
  static let graphTrees: [(String, String)] = [
    (
      #"""
      G | graph-mark-components kind=weak with_component_id=c
      """#,
      #"""
      (graphMarkComponentsOperator parameter:(operatorParameter name:kind value:weak)
      parameter:(operatorParameter name:with_component_id value:c))
      """#
    ),
    (
      #"""
      G | graph-match cycles=none (a)-[e*1..3]->(b)--(c), (d)<--(e) where a.x == 1 project b
      """#,
      #"""
      (graphMatchOperator parameter:(operatorParameter name:cycles value:none)
      pattern:(graphPattern element:(graphNode name:a) element:(graphEdge arrow:-[ name:e
      range:(graphRange lower:1 range:.. upper:3) arrow:]->) element:(graphNode name:b)
      element:(graphEdge arrow:--) element:(graphNode name:c)) pattern:(graphPattern
      element:(graphNode name:d) element:(graphEdge arrow:<--) element:(graphNode name:e))
      predicate:(comparison operand:(path base:a segment:(memberSegment member:x)) operator:==
      operand:1) expression:b)
      """#
    ),
    (
      #"""
      G | graph-shortest-paths output=all (a)<-[]-(b) project a
      """#,
      #"""
      (graphShortestPathsOperator parameter:(operatorParameter name:output value:all)
      pattern:(graphPattern element:(graphNode name:a) element:(graphEdge arrow:<-[ arrow:]-)
      element:(graphNode name:b)) expression:a)
      """#
    ),
    (
      #"""
      G | graph-to-table nodes as N with_node_id=i, edges as E with_source_id=s
      with_target_id=t
      """#,
      #"""
      (graphToTableOperator output:(graphOutput output:nodes as:N parameter:(operatorParameter
      name:with_node_id value:i)) output:(graphOutput output:edges as:E
      parameter:(operatorParameter name:with_source_id value:s) parameter:(operatorParameter
      name:with_target_id value:t)))
      """#
    ),
    (
      #"""
      G | graph-where-nodes a == 1
      """#,
      #"""
      (graphWhereNodesOperator predicate:(comparison operand:a operator:== operand:1))
      """#
    ),
    (
      #"""
      G | graph-where-edges b
      """#,
      #"""
      (graphWhereEdgesOperator predicate:b)
      """#
    ),
    (
      #"""
      T | make-graph a --> b with N on id, M on x partitioned-by p (take 1)
      """#,
      #"""
      (makeGraphOperator from:a arrow:--> to:b table:(graphTable source:N column:id)
      table:(graphTable source:M column:x) partition:p subquery:(pipeline stage:(takeOperator
      count:1)))
      """#
    ),
    (
      #"""
      T | make-graph a -- b with_node_id=n
      """#,
      #"""
      (makeGraphOperator from:a arrow:-- to:b parameter:(operatorParameter name:with_node_id
      value:n))
      """#
    ),
  ]
}
