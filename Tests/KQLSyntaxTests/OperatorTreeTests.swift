import Testing

@testable import KQLSyntax

/// Holds the tree of each query operator; names and literals are written as their text.
struct OperatorTreeTests {
  @Test(arguments: trees)
  func tree(text: String, expected: String) {
    let tree = SyntaxTree(text)
    #expect(tree.diagnostics.isEmpty)
    #expect(tree.brief == expected.joinedLines)
  }

  static let trees: [(String, String)] = [
    (
      #"""
      T | as hint.materialized=true x
      """#,
      #"""
      (asOperator parameter:(operatorParameter name:hint.materialized value:true) name:x)
      """#
    ),
    (
      #"""
      T | assert-schema (a:int, b:string)
      """#,
      #"""
      (assertSchemaOperator schema:(rowSchema column:(columnDeclaration name:a type:int)
      column:(columnDeclaration name:b type:string)))
      """#
    ),
    (
      #"""
      T | consume decodeblocks=true
      """#,
      #"""
      (consumeOperator parameter:(operatorParameter name:decodeblocks value:true))
      """#
    ),
    (
      #"""
      T | count as n
      """#,
      #"""
      (countOperator as:n)
      """#
    ),
    (
      #"""
      T | distinct a, b.c
      """#,
      #"""
      (distinctOperator expression:a expression:(path base:b segment:(memberSegment member:c)))
      """#
    ),
    (
      #"""
      T | distinct *
      """#,
      #"""
      (distinctOperator expression:*)
      """#
    ),
    (
      #"""
      T | evaluate hint.distribution=single bag_unpack(d) : (*, a:long)
      """#,
      #"""
      (evaluateOperator parameter:(operatorParameter name:hint.distribution value:single)
      call:(functionCall name:bag_unpack argument:d) schema:(rowSchema star:*
      column:(columnDeclaration name:a type:long)))
      """#
    ),
    (
      #"""
      T | __executeAndCache
      """#,
      #"""
      (executeAndCacheOperator)
      """#
    ),
    (
      #"""
      T | extend a = 1, (b, c) = f(x), d
      """#,
      #"""
      (extendOperator expression:(namedExpression name:a expression:1)
      expression:(tupleNamedExpression name:b name:c expression:(functionCall name:f
      argument:x)) expression:d)
      """#
    ),
    (
      #"""
      T | facet by a, b with (where x | take 1)
      """#,
      #"""
      (facetOperator column:a column:b subquery:(pipeline stage:(whereOperator predicate:x)
      stage:(takeOperator count:1)))
      """#
    ),
    (
      #"""
      T | facet by a with take 1
      """#,
      #"""
      (facetOperator column:a subquery:(pipeline stage:(takeOperator count:1)))
      """#
    ),
    (
      #"""
      find withsource=s in (T, U*) where a == 1 project b, c:string, pack(*)
      """#,
      #"""
      (findOperator parameter:(operatorParameter name:withsource value:s) item:T
      item:(wildcardName part:U part:*) predicate:(comparison operand:a operator:== operand:1)
      project:b project:(typedName name:c type:string) project:(packExpression value:*))
      """#
    ),
    (
      #"""
      find a == 1 project-smart
      """#,
      #"""
      (findOperator predicate:(comparison operand:a operator:== operand:1)
      projectSmart:project-smart)
      """#
    ),
    (
      #"""
      find where a == 1 __projectAway b
      """#,
      #"""
      (findOperator predicate:(comparison operand:a operator:== operand:1) projectAway:b)
      """#
    ),
    (
      #"""
      T | fork x=(take 1) (count) (U | take 1)
      """#,
      #"""
      (forkOperator branch:(forkBranch name:x subquery:(pipeline stage:(takeOperator count:1)))
      branch:(forkBranch subquery:(pipeline stage:(countOperator))) branch:(forkBranch
      subquery:(pipeline source:U stage:(takeOperator count:1))))
      """#
    ),
    (
      #"""
      T | getschema kind=csl
      """#,
      #"""
      (getschemaOperator kindName:csl)
      """#
    ),
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
      T | invoke f(a, b=1).g()
      """#,
      #"""
      (invokeOperator call:(path base:(functionCall name:f argument:a argument:(namedExpression
      name:b expression:1)) segment:(memberSegment member:(functionCall name:g))))
      """#
    ),
    (
      #"""
      T | join kind=leftouter hint.strategy=shuffle (U | take 1) on a, $left.b == $right.c
      """#,
      #"""
      (joinOperator parameter:(operatorParameter name:kind value:leftouter)
      parameter:(operatorParameter name:hint.strategy value:shuffle) source:(parenthesized
      expression:(pipeline source:U stage:(takeOperator count:1))) on:a on:(comparison
      operand:(path base:$left segment:(memberSegment member:b)) operator:== operand:(path
      base:$right segment:(memberSegment member:c))))
      """#
    ),
    (
      #"""
      T | join U where a == b
      """#,
      #"""
      (joinOperator source:U predicate:(comparison operand:a operator:== operand:b))
      """#
    ),
    (
      #"""
      T | lookup kind=inner U on a
      """#,
      #"""
      (lookupOperator parameter:(operatorParameter name:kind value:inner) source:U on:a)
      """#
    ),
    (
      #"""
      macro-expand isfuzzy=true entity_group [database("a"), b] as X (let c = 1; X.T | take
      c;)
      """#,
      #"""
      (macroExpandOperator parameter:(operatorParameter name:isfuzzy value:true)
      group:(entityGroup item:(functionCall name:database argument:"a") item:b) name:X
      statement:(letStatement name:c value:1) statement:(queryStatement expression:(pipeline
      source:(path base:X segment:(memberSegment member:T)) stage:(takeOperator count:c))))
      """#
    ),
    (
      #"""
      macro-expand X in EG (X.T)
      """#,
      #"""
      (macroExpandOperator name:X group:EG statement:(queryStatement expression:(path base:X
      segment:(memberSegment member:T))))
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
    (
      #"""
      T | make-series n=count() default=0, m=avg(x) on t from a to b step 1h by k
      """#,
      #"""
      (makeSeriesOperator aggregate:(seriesAggregate expression:(namedExpression name:n
      expression:(functionCall name:count)) defaultValue:0) aggregate:(seriesAggregate
      expression:(namedExpression name:m expression:(functionCall name:avg argument:x))) axis:t
      from:a to:b step:1h by:k)
      """#
    ),
    (
      #"""
      T | make-series count() on t in range(a, b, 1h)
      """#,
      #"""
      (makeSeriesOperator aggregate:(seriesAggregate expression:(functionCall name:count))
      axis:t from:a to:b step:1h)
      """#
    ),
    (
      #"""
      T | mv-apply with_itemindex=i x = a.b[0] to typeof(long) limit 3 on (top 1 by x | count)
      """#,
      #"""
      (mvApplyOperator parameter:(operatorParameter name:with_itemindex value:i)
      column:(expandColumn expression:(namedExpression name:x expression:(path base:a
      segment:(memberSegment member:b) segment:(elementSegment expression:0)))
      type:(typeofLiteral type:long)) limit:3 subquery:(pipeline stage:(topOperator count:1
      by:(orderedExpression expression:x)) stage:(countOperator)))
      """#
    ),
    (
      #"""
      T | mv-expand kind=array a, x = b to typeof(string) limit 10
      """#,
      #"""
      (mvExpandOperator parameter:(operatorParameter name:kind value:array) column:(expandColumn
      expression:a) column:(expandColumn expression:(namedExpression name:x expression:b)
      type:(typeofLiteral type:string)) limit:10)
      """#
    ),
    (
      #"""
      T | parse kind=regex flags=i a with * "x" b:long "y" *
      """#,
      #"""
      (parseOperator parameter:(operatorParameter name:kind value:regex)
      parameter:(operatorParameter name:flags value:i) expression:a pattern:* pattern:"x"
      pattern:(typedName name:b type:long) pattern:"y" pattern:*)
      """#
    ),
    (
      #"""
      T | parse-where a with b "x" "y" c
      """#,
      #"""
      (parseWhereOperator expression:a pattern:b pattern:(stringLiteral value:"x" value:"y")
      pattern:c)
      """#
    ),
    (
      #"""
      T | parse-kv a as (x:string, y:long) with (pair_delimiter=",", greedy=true)
      """#,
      #"""
      (parseKvOperator expression:a schema:(rowSchema column:(columnDeclaration name:x
      type:string) column:(columnDeclaration name:y type:long)) with:(withClause
      property:(operatorParameter name:pair_delimiter value:",") property:(operatorParameter
      name:greedy value:true)))
      """#
    ),
    (
      #"""
      T | partition hint.strategy=native by a.b (top 1 by c)
      """#,
      #"""
      (partitionOperator parameter:(operatorParameter name:hint.strategy value:native) by:(path
      base:a segment:(memberSegment member:b)) subquery:(pipeline stage:(topOperator count:1
      by:(orderedExpression expression:c))))
      """#
    ),
    (
      #"""
      T | partition by a { T | where x }
      """#,
      #"""
      (partitionOperator by:a query:(pipeline source:T stage:(whereOperator predicate:x)))
      """#
    ),
    (
      #"""
      T | partition by a in (dynamic([1])) (take 1)
      """#,
      #"""
      (partitionOperator by:a scope:(parenthesized expression:(dynamicLiteral value:(jsonArray
      item:1))) subquery:(pipeline stage:(takeOperator count:1)))
      """#
    ),
    (
      #"""
      T | __partitionby a id 1 (take 1)
      """#,
      #"""
      (partitionByOperator by:a id:1 subquery:(pipeline stage:(takeOperator count:1)))
      """#
    ),
    (
      #"""
      print a = 1, "x"
      """#,
      #"""
      (printOperator expression:(namedExpression name:a expression:1) expression:"x")
      """#
    ),
    (
      #"""
      T | project a, b = c
      """#,
      #"""
      (projectOperator expression:a expression:(namedExpression name:b expression:c))
      """#
    ),
    (
      #"""
      T | project-away a*, *b, ['c d']
      """#,
      #"""
      (projectAwayOperator column:(wildcardName part:a part:*) column:(wildcardName part:*
      part:b) column:(name name:'c d'))
      """#
    ),
    (
      #"""
      T | project-keep *
      """#,
      #"""
      (projectKeepOperator column:(wildcardName part:*))
      """#
    ),
    (
      #"""
      T | project-by-names "a", b, f(c)
      """#,
      #"""
      (projectByNamesOperator expression:"a" expression:b expression:(functionCall name:f
      argument:c))
      """#
    ),
    (
      #"""
      T | project-rename a = b
      """#,
      #"""
      (projectRenameOperator expression:(namedExpression name:a expression:b))
      """#
    ),
    (
      #"""
      T | project-reorder a* desc, b
      """#,
      #"""
      (projectReorderOperator column:(orderedExpression expression:(wildcardName part:a part:*)
      order:desc) column:(orderedExpression expression:b))
      """#
    ),
    (
      #"""
      range x from 1 to 10 step 2
      """#,
      #"""
      (rangeOperator name:x from:1 to:10 step:2)
      """#
    ),
    (
      #"""
      T | reduce kind=source by a with threshold=0.5, characters="x"
      """#,
      #"""
      (reduceOperator parameter:(operatorParameter name:kind value:source) by:a
      with:(namedExpression name:threshold expression:0.5) with:(namedExpression name:characters
      expression:"x"))
      """#
    ),
    (
      #"""
      T | render timechart kind=stacked title="x" by a, b
      """#,
      #"""
      (renderOperator chart:timechart property:(operatorParameter name:kind value:stacked)
      property:(operatorParameter name:title value:"x") property:(operatorParameter name:by
      value:(nameList item:a item:b)))
      """#
    ),
    (
      #"""
      T | render barchart with (title=strcat("a", "b"), ycolumns=a, b, ymin=-1)
      """#,
      #"""
      (renderOperator chart:barchart property:(operatorParameter name:title value:(functionCall
      name:strcat argument:"a" argument:"b")) property:(operatorParameter name:ycolumns
      value:(nameList item:a item:b)) property:(operatorParameter name:ymin value:(unary
      operator:- operand:1)))
      """#
    ),
    (
      #"""
      T | sample 5
      """#,
      #"""
      (sampleOperator count:5)
      """#
    ),
    (
      #"""
      T | sample-distinct 5 of a
      """#,
      #"""
      (sampleDistinctOperator count:5 of:a)
      """#
    ),
    (
      #"""
      T | scan with_match_id=m order by a partition by b declare (s:long=0) with (step x
      output=last: y > 1 => s = 2; step z optional: true;)
      """#,
      #"""
      (scanOperator parameter:(operatorParameter name:with_match_id value:m)
      order:(orderedExpression expression:a) partition:b declare:(functionParameter name:s
      type:long defaultValue:0) step:(scanStep name:x output:last condition:(comparison
      operand:y operator:> operand:1) arrow:=> assignment:(namedExpression name:s expression:2))
      step:(scanStep name:z optional:optional condition:true))
      """#
    ),
    (
      #"""
      search kind=case_sensitive in (T, database("d").U*) "x" and a:"y"
      """#,
      #"""
      (searchOperator parameter:(operatorParameter name:kind value:case_sensitive) item:T
      item:(path base:(functionCall name:database argument:"d") segment:(memberSegment
      member:(wildcardName part:U part:*))) predicate:(logicalAnd operand:"x" operator:and
      operand:(stringMatch operand:a operator:: operand:"y")))
      """#
    ),
    (
      #"""
      T | search *
      """#,
      #"""
      (searchOperator predicate:*)
      """#
    ),
    (
      #"""
      T | search * and a has "b"
      """#,
      #"""
      (searchOperator predicate:(logicalAnd operand:* operator:and operand:(stringMatch
      operand:a operator:has operand:"b")))
      """#
    ),
    (
      #"""
      T | serialize a = row_number()
      """#,
      #"""
      (serializeOperator expression:(namedExpression name:a expression:(functionCall
      name:row_number)))
      """#
    ),
    (
      #"""
      T | order by a asc, b desc nulls first, f(c)
      """#,
      #"""
      (sortOperator expression:(orderedExpression expression:a order:asc)
      expression:(orderedExpression expression:b order:desc nulls:first)
      expression:(orderedExpression expression:(functionCall name:f argument:c)))
      """#
    ),
    (
      #"""
      T | summarize hint.strategy=shuffle n=count(), (a, b)=arg_max(x, *) by c, d=bin(t, 1h)
      """#,
      #"""
      (summarizeOperator parameter:(operatorParameter name:hint.strategy value:shuffle)
      expression:(namedExpression name:n expression:(functionCall name:count))
      expression:(tupleNamedExpression name:a name:b expression:(functionCall name:arg_max
      argument:x argument:*)) by:c by:(namedExpression name:d expression:(functionCall name:bin
      argument:t argument:1h)))
      """#
    ),
    (
      #"""
      T | summarize by a
      """#,
      #"""
      (summarizeOperator by:a)
      """#
    ),
    (
      #"""
      T | summarize count() by a bin=1h
      """#,
      #"""
      (summarizeOperator expression:(functionCall name:count) by:a bin:1h)
      """#
    ),
    (
      #"""
      T | take 5
      """#,
      #"""
      (takeOperator count:5)
      """#
    ),
    (
      #"""
      T | limit n
      """#,
      #"""
      (takeOperator count:n)
      """#
    ),
    (
      #"""
      T | top 5 by a desc nulls last
      """#,
      #"""
      (topOperator count:5 by:(orderedExpression expression:a order:desc nulls:last))
      """#
    ),
    (
      #"""
      T | top-hitters 3 of a by b
      """#,
      #"""
      (topHittersOperator count:3 of:a by:b)
      """#
    ),
    (
      #"""
      T | top-nested 2 of a with others="x" by count(), top-nested of b by sum(c) desc
      """#,
      #"""
      (topNestedOperator clause:(topNestedClause count:2 of:a others:"x" by:(orderedExpression
      expression:(functionCall name:count))) clause:(topNestedClause of:b by:(orderedExpression
      expression:(functionCall name:sum argument:c) order:desc)))
      """#
    ),
    (
      #"""
      union withsource=S kind=outer T*, (U | count), database("d").V,
      cluster("c").database("d").W*, [X*]
      """#,
      #"""
      (unionOperator parameter:(operatorParameter name:withsource value:S)
      parameter:(operatorParameter name:kind value:outer) item:(wildcardName part:T part:*)
      item:(parenthesized expression:(pipeline source:U stage:(countOperator))) item:(path
      base:(functionCall name:database argument:"d") segment:(memberSegment member:V))
      item:(path base:(functionCall name:cluster argument:"c") segment:(memberSegment
      member:(functionCall name:database argument:"d")) segment:(memberSegment
      member:(wildcardName part:W part:*))) item:(wildcardName part:X part:*))
      """#
    ),
    (
      #"""
      T | where a == 1
      """#,
      #"""
      (whereOperator predicate:(comparison operand:a operator:== operand:1))
      """#
    ),
    (
      #"""
      T | filter hint.x
      """#,
      #"""
      (whereOperator predicate:(path base:hint segment:(memberSegment member:x)))
      """#
    ),
  ]
}
