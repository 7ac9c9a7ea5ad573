/// Holds calls of functions and what they yield; `SignatureFactsTests` has the notation.
enum FunctionFacts {
  static let text = """
    abs(i) i:long ; abs(#ts) ?:timespan ; abs(#g) KS127 ; acos(#m) ?:real ; acos(true) KS137
    ago(ts) ?:datetime ; ago(r) KS107 ; around(i,s,#g) ?:bool ; around(*,dt,dt) KS191
    array_concat(~d,d,d) ?:dynamic ; array_concat(s,d) KS234 ; array_iff(d,~b,~d) ?:dynamic
    array_iff(~m,#ts) KS119 ; array_index_of(d,~i,3) ?:long ; array_index_of(dt,ts) KS234
    array_length(~d) ?:long ; array_length(#i) KS234 ; array_reverse(d) ?:dynamic
    array_rotate_left(d,l) ?:dynamic ; array_rotate_left(~b,g) KS234,KS134
    array_rotate_right(d,~i) ?:dynamic ; array_shift_left(d,i,~g) ?:dynamic
    array_shift_right(d,~l,r) ?:dynamic ; array_shift_right(~m,m) KS234,KS134
    array_slice(d,#i,l) ?:dynamic ; array_sort_asc(d,true) d_sorted:dynamic
    array_sort_asc(~dt,dt) KS234,KS234 ; array_sort_desc(~d,true) array0_sorted:dynamic
    array_sort_desc(s,2.5) KS234,KS234 ; array_split(d,i) ?:dynamic ; array_strcat(d,m) ?:string
    array_strcat(r,dt) KS234 ; asin(~r) ?:real ; assert(b,s) ?:bool ; atan(^i) ?:real
    atan2(~r,3) ?:real ; atan2(3,s) KS137 ; bag_has_key(~d,d) ?:bool ; bag_keys(~d) ?:dynamic
    bag_keys(2.5) KS235 ; bag_merge(d,d,~d,d) ?:dynamic ; bag_merge(~b,r) KS235,KS235
    bag_pack(d,#i) ?:dynamic ; bag_pack(g,#i) KS107 ; bag_pack_columns(dt,m) ?:dynamic
    bag_remove_keys(~d,d) ?:dynamic ; bag_remove_keys(d,<dynamic>) KS234
    bag_set_key(~d,'a',b) ?:dynamic ; bag_zip(~d,d) ?:dynamic
    base64_decode_toarray('a') ?:dynamic ; base64_decode_toguid(s) ?:guid
    base64_decode_toguid(i) KS107 ; base64_decode_tostring(s) ?:string
    base64_encode_fromarray(d) ?:string ; base64_encode_fromarray(r) KS234
    base64_encode_fromguid(g) ?:string ; base64_encode_tostring(~s) ?:string
    beta_cdf(l,m,i) ?:real ; beta_inv(l,#m,~r) ?:real ; beta_pdf(#i,~m,r) ?:real
    beta_pdf(i,~ts,r) KS137 ; bin(3,r) ?:real ; bin(#m,#i) ?:decimal ; bin(~g,b) KS127
    bin_at(~m,l,~i) ?:decimal ; bin_at(l,2.5,r) l:real ; bin_at(~b,b) KS127
    binary_and(i,i) i:long ; binary_not(~l) ?:long ; binary_not(#dt) KS134
    binary_or(~i,i) ?:long ; binary_shift_left(l,^i) l:long ; binary_shift_right(~l,i) ?:long
    binary_xor(l,~l) l:long ; bitset_count_ones(~l) ?:long ; case(true,b,b,true,dt) ?:dynamic
    case(true,~l,2.5) ?:real ; coalesce(m,#i) ?:decimal ; coalesce(~i,#i) ?:int
    column_names_of(~r) KS111 ; convert_angle(r,'Deciradian','Radian') ?:real
    convert_angle(~r,'Degree',~i) KS107 ; convert_energy(~r,'TerawattDay','TerawattDay') ?:real
    convert_force(~r,'Poundal','KilogramForce') ?:real
    convert_length(r,'Nanometer','MegalightYear') ?:real
    convert_mass(~r,'Megapound','EarthMass') ?:real
    convert_speed(2.5,'FootPerSecond','FootPerSecond') ?:real
    convert_speed(2.5,l,'DecimeterPerMinute') KS107
    convert_temperature(r,'DegreeReaumur','DegreeFahrenheit') ?:real
    convert_volume(^l,'CubicMillimeter','UsLegalCup') ?:real
    convert_volume(2.5,b,'Deciliter') KS107 ; cos(#m) ?:real ; cot(2.5) ?:real
    countof(d,'a') ?:long ; current_cluster_endpoint() ?:string ; current_database() ?:string
    current_principal() ?:string ; current_principal_details() ?:dynamic
    current_principal_is_member_of(s,d) ?:bool ; cursor_after(s) ?:bool
    cursor_before_or_at(d) ?:bool ; cursor_current() ?:string
    datetime_add('hour',3,#dt) ?:datetime ; datetime_list_timezones() ?:dynamic
    datetime_local_to_utc(dt,d) ?:datetime ; datetime_local_to_utc(~r,2.5) KS107,KS107
    datetime_utc_to_local(~dt,'a') ?:datetime ; dayofmonth(dt) ?:int ; dayofmonth(#m) KS107
    dayofweek(~dt) ?:timespan ; dayofyear(~dt) ?:int ; dcount_hll(d) dcount_hll_d:long
    degrees(l) ?:real ; degrees(true) KS137 ; dynamic_to_json(m) ?:string
    dynamic_to_json(*) KS191 ; endofday(dt,l) ?:datetime ; endofmonth(~dt,l) ?:datetime
    endofweek(dt) ?:datetime ; endofyear(~dt,l) ?:datetime ; endofyear(dt,~d) KS107
    erf(#i) ?:real ; erfc(3) ?:real ; estimate_data_size(l,s) ?:long ; exp(^l) ?:real
    exp10(2.5) ?:real ; exp2(2.5) ?:real ; extent_id() ?:guid ; extent_tags() ?:dynamic
    extract(^s,l,s,<dynamic>) ?:dynamic ; extract(^s,3,'a') ?:string
    extract_all(^s,d,~s) ?:dynamic ; extract_all(l,2.5) KS107,KS129,KS107
    extract_json('a',s) ?:string ; extract_json(^s,'a',<long>) ?:long
    extract_json(~r,m) KS107,KS129,KS107 ; extractjson(^s,s) ?:string
    extractjson(^s,s,<int>) ?:int ; extractjson('a','a',m) KS107,KS131 ; floor(^l,#m) ?:decimal
    floor(l,~l) l:long ; format_bytes(~r,#i) ?:string ; format_datetime(~dt,'a') ?:string
    format_datetime(l,'a') KS107 ; format_ipv4(i,l) ?:string ; format_ipv4(d,m) KS107
    format_ipv4_mask(g,l) ?:string ; format_timespan(ts,'a') ts:string
    format_timespan(g,d) KS107,KS131 ; gamma(i) i:real ; geo_angle(~i,i,~l,~m,l,^l) ?:real
    geo_azimuth(l,m,2.5,#i) ?:real ; geo_closest_point_on_line(~l,~m,~d) ?:dynamic
    geo_closest_point_on_line(^l,m,i) KS235 ; geo_closest_point_on_polygon(r,#i,~d) ?:dynamic
    geo_closest_point_on_polygon(l,~ts,d) KS137 ; geo_distance_2points(m,l,r,m) ?:real
    geo_distance_2points(d,i) KS119 ; geo_distance_point_to_line(~r,r,d) ?:real
    geo_distance_point_to_polygon(~m,m,~d) ?:real ; geo_from_wkt(~s) ?:dynamic
    geo_geohash_neighbors(~s) ?:dynamic ; geo_geohash_to_central_point(s) ?:dynamic
    geo_geohash_to_polygon(d) ?:dynamic ; geo_geohash_to_polygon(g) KS107
    geo_h3cell_children('a',m) ?:dynamic ; geo_h3cell_children(~dt,dt) KS107,KS137
    geo_h3cell_level('a') ?:int ; geo_h3cell_level(*) KS191 ; geo_h3cell_neighbors(d) ?:dynamic
    geo_h3cell_neighbors(*) KS191 ; geo_h3cell_parent('a') ?:string
    geo_h3cell_rings(~d,r) ?:dynamic ; geo_h3cell_to_central_point(s) ?:dynamic
    geo_h3cell_to_central_point(b) KS107 ; geo_h3cell_to_polygon(d) ?:dynamic
    geo_h3cell_to_polygon(g) KS107 ; geo_info_from_ip_address(d) ?:dynamic
    geo_info_from_ip_address(#i) KS107 ; geo_intersection_2lines(~d,d) ?:dynamic
    geo_intersection_2lines(~m,m) KS235,KS235 ; geo_intersection_2polygons(d,~d) ?:dynamic
    geo_intersection_2polygons(2.5,d) KS235 ; geo_intersection_line_with_polygon(d,d) ?:dynamic
    geo_intersects_2lines(~d,d) ?:bool ; geo_intersects_2polygons(d,d) ?:bool
    geo_intersects_line_with_polygon(d,~d) ?:bool ; geo_line_buffer(d,i,i) ?:dynamic
    geo_line_buffer(~l,s) KS235,KS137 ; geo_line_centroid(d) ?:dynamic
    geo_line_centroid(#dt) KS235 ; geo_line_densify(~d,i,#m) ?:dynamic
    geo_line_interpolate_point(d,~r) ?:dynamic ; geo_line_interpolate_point(r,#dt) KS235,KS137
    geo_line_length(~d) ?:real ; geo_line_length('a') KS235
    geo_line_locate_point(d,r,l,b) ?:real ; geo_line_simplify(d,~i) ?:dynamic
    geo_line_simplify(~l,dt) KS235,KS137 ; geo_line_to_s2cells(~d) ?:dynamic
    geo_line_to_s2cells(b) KS235 ; geo_point_buffer(#m,~m,~r) ?:dynamic
    geo_point_buffer(~i,~r,^g,r) KS137 ; geo_point_in_circle(~i,m,~m,l,m) ?:bool
    geo_point_in_polygon(~i,l,d) ?:bool ; geo_point_in_polygon(d,r,ts) KS137,KS235
    geo_point_to_geohash(~i,~l) ?:string ; geo_point_to_geohash(~l,d) KS137
    geo_point_to_h3cell(i,2.5) ?:string ; geo_point_to_h3cell(~i,g) KS137
    geo_point_to_s2cell(2.5,~i) ?:string ; geo_point_to_s2cell(~ts,g) KS137,KS137
    geo_polygon_area(d) ?:real ; geo_polygon_area(b) KS235
    geo_polygon_buffer(d,2.5,^l) ?:dynamic ; geo_polygon_buffer(s,3) KS235
    geo_polygon_centroid(d) ?:dynamic ; geo_polygon_centroid(3) KS235
    geo_polygon_densify(~d,l,l) ?:dynamic ; geo_polygon_densify(r) KS235
    geo_polygon_perimeter(d) ?:real ; geo_polygon_perimeter(2.5) KS235
    geo_polygon_simplify(~d,3) ?:dynamic ; geo_polygon_simplify(~l,l) KS235
    geo_polygon_to_h3cells(d,3) ?:dynamic ; geo_polygon_to_h3cells(#dt) KS235
    geo_polygon_to_s2cells(~d,#i) ?:dynamic ; geo_polygon_to_s2cells(ts,r) KS235
    geo_s2cell_neighbors(~s) ?:dynamic ; geo_s2cell_neighbors(#ts) KS107
    geo_s2cell_to_central_point(~s) ?:dynamic ; geo_s2cell_to_polygon(d) ?:dynamic
    geo_simplify_polygons_array(d,2.5) ?:dynamic ; geo_simplify_polygons_array(ts) KS234
    geo_union_lines_array(~d) ?:dynamic ; geo_union_polygons_array(d) ?:dynamic
    geo_union_polygons_array(l) KS234 ; getmonth(dt) ?:int ; getmonth(i) KS107
    gettype(d) type_d:string ; gettype(*) KS191 ; gzip_compress_to_base64_string(~s) ?:string
    gzip_decompress_from_base64_string(d) ?:string ; gzip_decompress_from_base64_string(^i) KS107
    has_any_index(~d,~d) ?:long ; has_any_index(~i,'a') KS141,KS234
    has_any_ipv4(d,s,~s,'a') ?:bool ; has_any_ipv4_prefix(s,~d) ?:bool ; has_ipv4(~s,'a') ?:bool
    has_ipv4_prefix(s,'a') ?:bool ; hash(3) ?:long ; hash(~l,#ts) KS134
    hash_combine(s,'a') ?:long ; hash_many(~dt,b) ?:long ; hash_many(~d) KS116
    hash_md5(<long>) ?:string ; hash_sha1(b) ?:string ; hash_sha256(true) ?:string
    hash_xxhash64(3,l) ?:long ; hash_xxhash64(b,true) KS134
    hll_merge(d,d,~d) hll_merged_result:dynamic ; hll_merge(~g,g) KS234,KS234
    iff(~b,s,true) ?:dynamic ; iff(b,l,r) ?:real ; iif(~b,~dt,~b) ?:dynamic
    iif(true,m,l) ?:decimal ; indexof(ts,d) ?:long ; indexof(#i) KS119
    indexof_regex(~dt,#i) ?:long ; ingestion_time() $IngestionTime:datetime
    ipv4_compare('a',s,l) ?:long ; ipv4_is_in_any_range(s,'a',s) ?:bool
    ipv4_is_in_any_range(~b,#dt) KS127 ; ipv4_is_in_range(~d,s) ?:bool
    ipv4_is_match(s,s,l) ?:bool ; ipv4_is_match(r,dt) KS107,KS107 ; ipv4_is_private(d) ?:bool
    ipv4_is_private(<long>) KS107 ; ipv4_netmask_suffix('a') ?:long
    ipv4_range_to_cidr_list(~d,s) ?:dynamic ; ipv6_compare(s,'a',l) ?:long
    ipv6_is_in_any_range(~s,s,~s,s) ?:bool ; ipv6_is_in_range(d,d) ?:bool
    ipv6_is_match(d,s) ?:bool ; ipv6_is_match(dt,#i) KS107,KS107 ; isascii(^l) ?:bool
    isascii(*) KS191 ; isempty(~m) ?:bool ; isfinite(~r) ?:bool ; isfinite(<long>) KS107
    isinf(2.5) ?:bool ; isinf(<long>) KS107 ; isnan(#i) ?:bool ; isnan(#m) KS107
    isnotempty(l) ?:bool ; isnotnull(g) ?:bool ; isnotnull(*) KS191 ; isnull(#m) ?:bool
    isutf8('a') ?:bool ; log(l) l:real ; log(<guid>) KS137 ; log10(3) ?:real ; log10(true) KS137
    log2(~r) ?:real ; log2(ts) KS137 ; loggamma(~i) ?:real ; loggamma(true) KS137
    make_datetime(3) ?:datetime ; max_of(~r,2.5) ?:real ; max_of(~m,#m) ?:decimal
    merge_tdigest(~d,~d,~d,d) tdigests_merge_result:dynamic ; min_of(r,m) ?:decimal
    min_of(~r,3) ?:real ; new_guid() ?:guid ; next(m,l) ?:decimal ; next(g,~l,'a') ?:guid
    next(~d,m) KS109,KS107 ; not(b) ?:bool ; not('a') KS107 ; now() ?:datetime ; now(dt) KS107
    pack_all(#g) ?:dynamic ; pack_all(ts) KS131 ; pack_array(~i,ts) ?:dynamic
    parse_command_line(d,'a') ?:dynamic ; parse_command_line(~l,2.5) KS107
    parse_csv(~s) ?:dynamic ; parse_ipv4('a') ?:long ; parse_ipv4_mask(d,#i) ?:long
    parse_ipv6('a') ?:string ; parse_ipv6_mask(~s,3) ?:string
    parse_ipv6_mask(~r,#dt) KS107,KS107 ; parse_json(~s) ?:dynamic ; parse_json(2.5) KS141
    parse_path(~s) ?:dynamic ; parse_url(d) ?:dynamic ; parse_urlquery(d) ?:dynamic
    parse_urlquery(*) KS191 ; parse_user_agent(s,d) ?:dynamic ; parse_version(s) ?:decimal
    parse_version(#ts) KS107 ; parse_xml(~d) ?:dynamic
    percentile_tdigest(d,2.5) percentile_tdigest_d:dynamic
    percentile_tdigest(d,~r,<int>) percentile_tdigest_d:int
    percentiles_array_tdigest(d,r) percentile_tdigest_d:dynamic
    percentiles_array_tdigest(~m,2.5) KS234 ; percentrank_tdigest(d,m) ?:real ; pi() ?:real
    pow(~i,r) ?:real ; prev(m,i) ?:decimal ; prev(l,3) ?:long ; prev(~s,b) KS109,KS107
    punycode_domain_from_string(d) ?:string ; punycode_domain_to_string(d) ?:string
    punycode_from_string(^s) ?:string ; punycode_to_string(s) ?:string
    punycode_to_string(dt) KS107 ; radians(i) ?:real ; radians(#g) KS137 ; rand() ?:real
    range(r,2.5) ?:dynamic ; rank_tdigest(~d,true) ?:real ; regex_quote(~l) ?:string
    repeat(~s,i) repeat_:dynamic ; repeat(l,r) KS107 ; replace_regex('a','a',^s) ?:string
    replace_regex(~s,~l,true) KS107,KS129,KS107 ; replace_string(~s,~s,s) ?:string
    replace_strings('a',d,~d) ?:string ; replace_strings(2.5,#m,~d) KS107,KS234
    reverse(d) ?:string ; round(l,3) l:long ; round(#i) ?:int ; row_cumsum(l) ?:long
    row_cumsum(r) ?:real ; row_cumsum(dt,m) KS137,KS107 ; row_id() ?:string
    row_number(~l,~b) ?:long ; row_rank_dense(dt,true) ?:long ; row_rank_dense(d,3) KS116,KS107
    row_rank_min(m,~b) ?:long ; row_rank_min(ts,#i) KS107
    row_window_session(dt,#ts,~ts) ?:datetime ; series_abs(~d) ?:dynamic ; series_abs(3) KS234
    series_acos(d) ?:dynamic ; series_add(d,#m) ?:dynamic ; series_add(l,3) KS127
    series_asin(d) ?:dynamic ; series_atan(~d) ?:dynamic ; series_ceiling(d) ?:dynamic
    series_ceiling(g) KS234 ; series_cos(~d) ?:dynamic ; series_cos(dt) KS234
    series_cosine_similarity(d,d,r) ?:real ; series_decompose_forecast(~r,m) KS234,KS134
    series_divide(d,~d) ?:dynamic ; series_dot_product(~d,~l) ?:real
    series_dot_product(~i,#ts) KS234 ; series_equals(d,~l) ?:dynamic ; series_exp(d) ?:dynamic
    series_fft(~d) series_fft__real:dynamic series_fft__imag:dynamic
    series_fill_backward(d,m) d:dynamic ; series_fill_backward(~dt,true) KS234,KS137
    series_fill_const(d,~r,~m) d:dynamic ; series_fill_const(~dt,2.5) KS234
    series_fill_forward(d,3) d:dynamic ; series_fill_forward(*) KS191
    series_fill_linear(~d,2.5,b) ?:dynamic ; series_fill_linear(b,ts) KS234,KS137
    series_fir(d,~d,~b) d:dynamic ; series_fir(~b,2.5) KS234,KS234 ; series_fit_2lines(r) KS234
    series_fit_2lines_dynamic(d) ?:dynamic ; series_fit_2lines_dynamic(2.5) KS234
    series_fit_line_dynamic(d) ?:dynamic ; series_fit_line_dynamic(3) KS234
    series_floor(~d) ?:dynamic ; series_greater(3,d) ?:dynamic
    series_greater_equals(d,r) ?:dynamic
    series_ifft(d) series_ifft_d_real:dynamic series_ifft_d_imag:dynamic
    series_iir(d,~d,~d) d:dynamic ; series_iir(#i,~d,~d) KS234 ; series_less(~d,l) ?:dynamic
    series_less_equals(~d,#i) ?:dynamic ; series_log(d) ?:dynamic ; series_log(s) KS234
    series_magnitude(~d) ?:real ; series_magnitude(dt) KS234 ; series_multiply(l,d) ?:dynamic
    series_multiply('a') KS127 ; series_not_equals(~d,i) ?:dynamic ; series_outliers(d) d:dynamic
    series_outliers(i,#i) KS234,KS107 ; series_pearson_correlation(~d,~d) ?:real
    series_periods_detect(^g,~m,i,l) KS234 ; series_periods_validate(~i,#g) KS234,KS137
    series_pow(~d,#m) ?:dynamic ; series_product(~d) ?:real ; series_seasonal(~d,l) ?:dynamic
    series_sign(~d) ?:dynamic ; series_sin(d) ?:dynamic ; series_sin(#ts) KS234
    series_stats_dynamic(~d) ?:dynamic ; series_stats_dynamic(~r,s) KS234,KS107,KS129
    series_subtract(d,~m) ?:dynamic ; series_sum(d) ?:real ; series_tan(~d) ?:dynamic
    series_tan(2.5) KS234 ; set_difference(~d,d,d) ?:dynamic ; set_equals(~d,d) ?:bool
    set_equals(~m,#g) KS234,KS234 ; set_has_element(d,dt) ?:bool ; set_has_element(b,d) KS234
    set_intersect(~d,d,~d,~d) ?:dynamic ; set_intersect(d,~d,#m,d) KS234
    set_union(~d,d,d,d) ?:dynamic ; set_union(d,m,d) KS234 ; sign(#m) ?:real ; sin(3) ?:real
    sin(d) KS137 ; split(b,~d) b:dynamic ; split(2.5,^l,i) KS107 ; sqrt(~i) ?:real
    startofday(#dt,l) ?:datetime ; startofday(b) KS107 ; startofmonth(~dt,i) ?:datetime
    startofmonth(b) KS107 ; startofweek(~dt,i) ?:datetime ; startofyear(~dt,3) ?:datetime
    startofyear(r) KS107 ; strcat(~l,~s,^i) ?:string ; strcat_array(~d,~i) ?:string
    strcat_array(~m,dt) KS234 ; strcat_delim(d,g,'a',#g) ?:string ; strcmp(~d,l) ?:long
    string_size(~d) string_size_:long ; string_size(m) KS141 ; strlen(s) strlen_s:long
    strlen(ts) KS141 ; strrep(~r,l,#g) ?:string ; substring(^b,#i,3) ?:string
    substring(s,dt) KS134 ; tan(#m) ?:real ; tan(d) KS137
    tdigest_merge(~d,d,~d) tdigests_merge_result:dynamic ; tdigest_merge(~m,d) KS234
    tobool(g) g:bool ; toboolean(#dt) ?:bool ; todatetime(~m) ?:datetime ; todatetime(*) KS191
    todecimal(3) ?:decimal ; todecimal(*) KS191 ; todouble(3) ?:real ; todynamic('a') ?:dynamic
    todynamic(#i) KS107 ; toguid(~d) ?:guid ; tohex(~i,#i) ?:string ; tohex(r,#ts) KS134,KS134
    toint(l) l:int ; toint(*) KS191 ; tolong(~i) ?:long ; tolower(b) ?:string ; tolower(*) KS191
    toreal(#ts) ?:real ; toreal(*) KS191 ; tostring(#m) ?:string ; totimespan(m) m:timespan
    toupper(~s) ?:string ; toupper(*) KS191 ; translate(~s,'a',~s) ?:string
    translate(~s,s,l) KS107 ; treepath(d) tree_d:dynamic ; treepath(#m) KS235
    trim('a','a') ?:string ; trim(~l,m) KS107,KS129,KS107 ; trim_end(^s,~s) ?:string
    trim_start(^s,d) ?:string ; unicode_codepoints_from_string(~i) ?:dynamic
    unicode_codepoints_from_string(*) KS191 ; unicode_codepoints_to_string(i,~i) ?:string
    unicode_codepoints_to_string(dt) KS136 ; unixtime_microseconds_todatetime(~m) ?:datetime
    unixtime_milliseconds_todatetime(~i) ?:datetime ; unixtime_milliseconds_todatetime(d) KS137
    unixtime_nanoseconds_todatetime(#i) ?:datetime ; unixtime_nanoseconds_todatetime(dt) KS137
    unixtime_seconds_todatetime(m) ?:datetime ; unixtime_seconds_todatetime(g) KS137
    url_decode(d) ?:string ; url_encode(s) ?:string ; url_encode(#i) KS107
    url_encode_component('a') ?:string ; url_encode_component(dt) KS107 ; week_of_year(dt) ?:int
    welch_test(i,3,r,~l,2.5,i) ?:real ; zip(d,d) ?:dynamic ; zip(~dt,d) KS234
    zlib_compress_to_base64_string(~d) ?:string ; zlib_decompress_from_base64_string('a') ?:string
    zlib_decompress_from_base64_string(l) KS107
    """
}
