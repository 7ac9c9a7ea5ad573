/// Holds the result types of operators for all pairs of operand types.
///
/// A row a left type, a column a right type, in the order of `types`; a letter is the type of the
/// result, a dot a refusal.
enum OperatorFacts {
  /// bool, int, long, real, decimal (m), string, datetime (t), timespan (p), guid, dynamic.
  static let types = "bilrmstpgd"

  static let text = """
    Add
      .......... .llrm....l .llrm....l .rrrm....r .mmmm....m
      .......... ......tt.t ......tp.p .......... .llrm.tp.d
    Subtract
      .......... .llrm....l .llrm....l .rrrm....r .mmmm....m
      .......... ......pt.p ......tp.p .......... .llrm.pp.d
    Multiply
      .......... .llrm.tp.l .llrm.tp.l .rrrm.tp.r .mmmm.tp.m
      .......... .tttt..... .pppp..p.. .......... .llrm....d
    Divide
      .......... .llrm....l .llrm....l .rrrm....r .mmmm....m
      .......... .tttt.rr.. .pppp..r.. .......... .llrm....d
    Modulo
      .......... .llrm....l .llrm....l .rrrm....r .mmmm....m
      .......... .tttt.pp.. .pppp..p.. .......... .llrm....d
    LessThan
      bbbbb..... bbbbb....b bbbbb....b bbbbb....b bbbbb....b
      .......... ......b... .......b.. .......... .bbbb....b
    GreaterThanOrEqual
      bbbbb..... bbbbb....b bbbbb....b bbbbb....b bbbbb....b
      .......... ......b... .......b.. .......... .bbbb....b
    Equal
      bbbbbbbbbb bbbbbbbbbb bbbbbbbbbb bbbbbbbbbb bbbbbbbbbb
      bbbbbbbbbb bbbbbbbbbb bbbbbbbbbb bbbbbbbbbb bbbbbbbbbb
    NotEqual
      bbbbbbbbbb bbbbbbbbbb bbbbbbbbbb bbbbbbbbbb bbbbbbbbbb
      bbbbbbbbbb bbbbbbbbbb bbbbbbbbbb bbbbbbbbbb bbbbbbbbbb
    And
      b........b .......... .......... .......... ..........
      .......... .......... .......... .......... b........b
    EqualTilde
      .......... .......... .......... .......... ..........
      .....b...b .......... .......... .......... .....b...b
    Has
      .......... .......... .......... .......... ..........
      .....b...b .......... .......... .......... .....b...b
    Contains
      .......... .......... .......... .......... ..........
      .....b...b .......... .......... .......... .....b...b
    MatchRegex
      .......... .......... .......... .......... ..........
      .....b...b .......... .......... .......... .....b...b
    In
      bbbbbbbbbb bbbbbbbbbb bbbbbbbbbb bbbbbbbbbb bbbbbbbbbb
      bbbbbbbbbb bbbbbbbbbb bbbbbbbbbb bbbbbbbbbb bbbbbbbbbb
    InCs
      .......... .......... .......... .......... ..........
      bbbbbbbbbb .......... .......... .......... bbbbbbbbbb
    HasAny
      .......... .......... .......... .......... ..........
      bbbbbbbbbb .......... .......... .......... bbbbbbbbbb
    """
}
