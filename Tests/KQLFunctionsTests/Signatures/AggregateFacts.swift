/// Holds calls of aggregates and what they yield; `SignatureFactsTests` has the notation.
enum AggregateFacts {
  static let text = """
    arg_max(dt,g) dt:datetime g:guid ; arg_max(~dt,2.5) max_:datetime max__arg1:real
    arg_max(~r,2.5) max_:real max__arg1:real ; arg_max(i,s) i:int s:string ; arg_max(~d,m) KS206
    arg_min(~m,dt) min_:decimal dt:datetime ; arg_min(~dt,#i) min_:datetime min__arg1:int
    arg_min(b,b) b:bool b:bool ; arg_min(d,g,^m) KS206 ; avg(m) avg_m:decimal
    avg(~ts) avg_:timespan ; avg(2.5) avg_:real ; avg(i) avg_i:real ; avg(*) KS127
    avgif(dt,~b) avgif_dt:datetime ; avgif(ts,b) avgif_ts:timespan ; avgif(~i,true) avgif_:real
    avgif(~r,b) avgif_:real ; avgif(i,i) KS107 ; binary_all_and(~ts) ?:timespan
    binary_all_and(~l) ?:long ; binary_all_and(i) i:int ; binary_all_and(3) ?:long
    binary_all_and(b) KS138 ; binary_all_or(m) m:decimal ; binary_all_or(#dt) ?:datetime
    binary_all_or(i) i:int ; binary_all_or(2.5) ?:real ; binary_all_or(#g) KS138
    binary_all_xor(~dt) ?:datetime ; binary_all_xor(~l) ?:long ; binary_all_xor(#dt) ?:datetime
    binary_all_xor(r) r:real ; binary_all_xor(s) KS138 ; buildschema(~d) schema_:dynamic
    buildschema(d) schema_d:dynamic ; buildschema(^b) KS235
    count_distinct(~dt) count_distinct_:long ; count_distinct(~l) count_distinct_:long
    count_distinct(#dt) count_distinct_:long ; count_distinct(~d) KS116
    count_distinctif(l,~b) count_distinctif_l:long
    count_distinctif(#ts,b) count_distinctif_:long
    count_distinctif(~dt,true) count_distinctif_:long ; count_distinctif(b,m) KS107
    countif(b) countif_b:long ; countif(true) countif_:long ; countif(~b) countif_:long
    countif(3) KS107 ; covariance(~i,d) KS138 ; covarianceif(r,r,m) KS107
    covariancep(~s,g) KS138,KS138 ; covariancepif(g,#ts,b) KS138 ; dcount(dt,3) dcount_dt:long
    dcount(~m) dcount_:long ; dcount(b,'a') dcount_b:long ; dcount(~b,d) KS116
    dcountif(r,b) dcountif_r:long ; dcountif(#g,b,~l) dcountif_:long
    dcountif(g,~b) dcountif_g:long ; dcountif(b,2.5) KS107 ; hll(~ts,#i) hll_:dynamic
    hll(~g) hll_:dynamic ; hll(#g) hll_:dynamic ; hll(b,b) KS116,KS134
    hll_if(~g,b) hll_if_:dynamic ; hll_if(s,true) hll_if_s:dynamic ; hll_if(d,d) KS107
    hll_merge(~d) hll_merge_:dynamic ; hll_merge(d) hll_merge_d:dynamic ; hll_merge(true) KS234
    make_bag(d,i) bag_d:dynamic ; make_bag(~d,l) bag_:dynamic ; make_bag(d) bag_d:dynamic
    make_bag(m) KS235 ; make_bag_if(d,true,l) bag_d:dynamic ; make_bag_if(d,~b) bag_d:dynamic
    make_bag_if(~d,~b,~i) bag_:dynamic ; make_bag_if(i,d) KS235,KS107
    make_list(s) list_s:dynamic ; make_list(m,3) list_m:dynamic ; make_list(true) list_:dynamic
    make_list(s,ts) KS134 ; make_list_if(~m,true,i) list_:dynamic
    make_list_if(^l,~b) list_:dynamic ; make_list_if(b,true) list_b:dynamic
    make_list_if(~s,s) KS107 ; make_list_with_nulls(2.5) list_:dynamic
    make_list_with_nulls(~ts) list_:dynamic ; make_list_with_nulls(#ts) list_:dynamic
    make_list_with_nulls(*) KS191 ; make_set(~s,#i) set_:dynamic ; make_set(~d) set_:dynamic
    make_set(b) set_b:dynamic ; make_set(~m,ts) KS134 ; make_set_if(dt,b) set_dt:dynamic
    make_set_if(~l,b) set_:dynamic ; make_set_if(~r,true) set_:dynamic ; make_set_if(m,#g) KS107
    max(3) max_:long ; max(m) max_m:decimal ; max(~dt) max_:datetime ; max(s) max_s:string
    max(<long>) KS206 ; maxif(#ts,~b) maxif_:timespan ; maxif(dt,~b) maxif_dt:datetime
    maxif(#i,~b) maxif_:int ; maxif(i,b) maxif_i:int ; maxif(~m,#ts) KS107
    merge_tdigest(d) merge_tdigests_d:dynamic ; merge_tdigest(~d) merge_tdigests_:dynamic
    merge_tdigest(g) KS234 ; min(~dt) min_:datetime ; min(3) min_:long ; min(ts) min_ts:timespan
    min(#i) min_:int ; min(g) KS206 ; minif(~b,true) minif_:bool ; minif(i,true) minif_i:int
    minif(~s,true) minif_:string ; minif(~m,b) minif_:decimal ; minif(~g,m) KS206,KS107
    percentile(~d,3) percentile__3:dynamic ; percentile(l,r) percentile_l_:long
    percentile(~m,2.5) percentile__2_5:real ; percentile(m,~i) percentile_m_:real
    percentile(r,d) KS137 ; percentiles(~dt,m) percentile__:datetime
    percentiles(~i,l) percentile__:long
    percentiles(r,m) percentile_r_:real ; percentiles(~l,s) KS137
    percentiles_array(g,~i,#m,l) percentiles_g:dynamic
    percentiles_array(~d,2.5) percentiles_:dynamic ; percentiles_array(b,3) percentiles_b:dynamic
    percentiles_array(~l,g) KS127 ; percentilesw(~g,#i,l) percentile__:guid
    percentilesw('a',#i,2.5) percentile__2_5:string
    percentilesw(i,i,i,r) percentile_i_:long percentile_i_:long ; percentilesw(m,l,#dt) KS137
    percentilesw_array(d,~i,~l) percentiles_d:dynamic
    percentilesw_array(true,i,d) percentiles_:dynamic
    percentilesw_array(#dt,3,~r,m,~m) percentiles_:dynamic ; percentilesw_array(~r,#i,~ts) KS127
    percentilew(#g,~l,~i) percentile__:guid ; percentilew(~m,l,~r) percentile__:real
    percentilew(s,i,~l) percentile_s_:string ; percentilew(b,i,~m) percentile_b_:bool
    percentilew(s,3,~d) KS137 ; stdev(~ts) stdev_:real ; stdev(#i) stdev_:real
    stdev(i) stdev_i:real ; stdev(b) KS138 ; stdevif(~ts,~b) stdevif_:real
    stdevif(~m,b) stdevif_:real ; stdevif(#m,~b) stdevif_:real ; stdevif(~ts,d) KS107
    stdevp(m) stdevp_m:real ; stdevp(~m) stdevp_:real ; stdevp(#i) stdevp_:real ; stdevp(^b) KS138
    sum(l) sum_l:long ; sum(~dt) sum_:datetime ; sum(m) sum_m:decimal ; sum(i) sum_i:long
    sum(<long>) KS138 ; sumif(i,~b) sumif_i:long ; sumif(~m,~b) sumif_:decimal
    sumif(m,b) sumif_m:decimal ; sumif(#i,true) sumif_:long ; sumif(ts,#g) KS107
    take_any(~s,'a') any_arg0:string any_arg1:string ; take_any(l,g) l:long g:guid
    take_any(~r,#ts) any_arg0:real any_arg1:timespan ; take_any(i,#g) i:int any_arg1:guid
    take_anyif(#m,true) ?:decimal ; take_anyif(~d,true) ?:dynamic ; take_anyif(d,b) d:dynamic
    take_anyif(b,b) b:bool ; take_anyif(d,m) KS107 ; tdigest(m) tdigest_m:dynamic
    tdigest(~ts,i) tdigest_:dynamic ; tdigest(~r) tdigest_:dynamic ; tdigest(~l,#m) KS134
    tdigest_merge(d) merge_tdigests_d:dynamic ; tdigest_merge(~d) merge_tdigests_:dynamic
    tdigest_merge(i) KS234 ; variance(3) variance_:real ; variance(ts) variance_ts:real
    variance(#dt) variance_:real ; variance(d) KS138 ; varianceif(dt,b) varianceif_dt:real
    varianceif(~l,true) varianceif_:real ; varianceif(~i,b) varianceif_:real
    varianceif(~dt,^i) KS107 ; variancep(#i) variancep_:real ; variancep(l) variancep_l:real
    variancep(ts) variancep_ts:real ; variancep(b) KS138 ; variancepif(~dt,true) variancepif_:real
    variancepif(ts,true) variancepif_ts:real ; variancepif(dt,~b) variancepif_dt:real
    variancepif(g,m) KS138,KS107
    """
}
