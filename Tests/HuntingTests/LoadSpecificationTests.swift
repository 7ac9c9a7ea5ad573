import Columnar
import Hunting
import Testing

/// Holds `--load` arguments to their form.
struct LoadSpecificationTests {
  @Test func `tables, stated columns and odd names are read`() throws {
    let plain = try LoadRequest(specification: "T=dir/a=b.csv")
    #expect(plain.table == "T" && plain.paths == ["dir/a=b.csv"] && plain.columns == nil)
    let stated = try LoadRequest(specification: "T(a:long, ['b c']:string)=-")
    #expect(stated.columns == [ColumnSchema("a", .long), ColumnSchema("b c", .string)])
    #expect(stated.paths == ["-"])
    #expect(try LoadRequest(specification: "['My table']=f").table == "My table")
  }

  @Test(arguments: [
    "", "=f", "T", "T=", "T(a)=f", "T(a:number)=f", "T(a:long=f", "T(a:long,a:int)=f", "T()=f",
    "['T=f",
  ])
  func `anything else is refused with a reason`(text: String) {
    #expect(throws: LoadSpecificationError.self) { try LoadRequest(specification: text) }
  }
}
