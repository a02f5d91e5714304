//! What is measured is what Placard writes: the bare rows stand in the records as ours do.

use super::*;

#[test]
fn the_bare_rows_of_a_list_and_of_a_capture_are_people_in_the_records() {
    let stall = Stall::new();
    let people = || stall.campaign.count_people(&Question::default()).unwrap();
    stall.campaign.time_bare_people(10).unwrap();
    assert_eq!(people(), 10);
    let list = stall.folder.path().join("list.csv");
    let file = std::fs::File::create(&list).unwrap();
    crate::campaign::measuring::write_list(file, 10).unwrap();
    stall.campaign.time_import(&list).unwrap();
    assert_eq!(people(), 10, "the same people are on the list");
    stall
        .campaign
        .time_captures("+447700900001", "+447700900999")
        .unwrap();
    assert_eq!(people(), 12);
}
