use super::Page;

#[test]
fn a_page_goes_on_when_there_is_one_row_more_than_it_holds() {
    for (rows, held, more) in [(0, 0, false), (19, 19, false), (20, 20, false), (21, 20, true)] {
        let page = Page::from_rows((0..rows).collect());
        assert_eq!((page.items, page.more), ((0..held).collect(), more), "{rows} rows");
    }
    assert_eq!(Page::<()>::empty(), Page::from_rows(Vec::new()));
}
