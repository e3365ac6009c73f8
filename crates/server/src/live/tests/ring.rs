use super::{Dropped, FrameKind, Ring, RingWriter, TopicNumber};

const TOPIC: TopicNumber = TopicNumber(1);

fn push(ring: &mut Ring, seq: u64, bytes: usize) {
    let payload = "x".repeat(bytes);
    RingWriter::new(ring).push(payload.as_bytes(), seq, TOPIC, FrameKind::Changes);
}

fn seqs(ring: &Ring, position: u64) -> Vec<u64> {
    let mut seqs = Vec::new();
    let mut position = position;
    while let Ok(Some(segment)) = ring.at(position) {
        seqs.extend(segment.marks.iter().map(|mark| mark.seq));
        position += 1;
    }
    seqs
}

#[test]
fn keeps_the_newest_that_fit_and_knows_what_it_dropped() {
    let mut ring = Ring::new(300);
    for seq in 1..=5 {
        push(&mut ring, seq, 100);
    }
    assert_eq!(ring.end(), 5);
    assert_eq!(ring.at(0).err(), Some(Dropped));
    assert_eq!(ring.complete_after(), 3);
    assert_eq!(seqs(&ring, 3), [4, 5]);
    assert!(ring.at(5).unwrap().is_none());
}

#[test]
fn a_segment_larger_than_the_ring_is_kept_while_it_is_the_newest() {
    let mut ring = Ring::new(10);
    push(&mut ring, 1, 5);
    push(&mut ring, 2, 500);
    assert_eq!(seqs(&ring, 1), [2]);
    push(&mut ring, 3, 5);
    assert_eq!(ring.at(1).err(), Some(Dropped));
}

#[test]
fn finds_where_a_commit_was_told() {
    let mut ring = Ring::new(10_000);
    ring.restart(10);
    for seq in [12, 15, 15, 20] {
        push(&mut ring, seq, 1);
    }
    assert_eq!(ring.complete_after(), 10);
    let found = |seq| seqs(&ring, ring.position_after(seq));
    assert_eq!(found(10), [12, 15, 15, 20]);
    assert_eq!(found(12), [15, 15, 20]);
    assert_eq!(found(15), [20]);
    assert_eq!(found(20), [0; 0]);
}

#[test]
fn a_group_is_cut_into_segments_of_a_bounded_size() {
    let mut ring = Ring::new(10 << 20);
    let payload = vec![b'x'; 1_000];
    let mut writer = RingWriter::new(&mut ring);
    for seq in 1..=200 {
        writer.push(&payload, seq, TOPIC, FrameKind::Changes);
    }
    drop(writer);
    assert_eq!(seqs(&ring, 0), (1..=200).collect::<Vec<_>>());
    for position in 0..ring.end() {
        assert!(ring.at(position).unwrap().unwrap().bytes.len() <= (64 << 10) + 1_010);
    }
    assert!(ring.end() > 2);
}
