use super::{Decoder, Inbound, MESSAGE_BYTES_MAX};

/// A frame as a client sends it.
fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mask = [7, 11, 13, 17];
    let mut bytes = vec![first];
    match payload.len() {
        length @ 0..=125 => bytes.push(0x80 | u8::try_from(length).unwrap()),
        length @ 126..=65_535 => {
            bytes.push(0xFE);
            bytes.extend(u16::try_from(length).unwrap().to_be_bytes());
        }
        length => {
            bytes.push(0xFF);
            bytes.extend((length as u64).to_be_bytes());
        }
    }
    bytes.extend(mask);
    bytes.extend(
        payload
            .iter()
            .zip(mask.iter().cycle())
            .map(|(byte, mask)| byte ^ mask),
    );
    bytes
}

/// Everything that comes of some bytes: the messages, then the code it is closed with, if it is.
fn decode(pieces: &[&[u8]]) -> (Vec<Inbound>, Option<u16>) {
    let mut decoder = Decoder::default();
    let mut messages = Vec::new();
    for piece in pieces {
        decoder.feed(piece);
        loop {
            match decoder.next() {
                Ok(Some(message)) => messages.push(message),
                Ok(None) => break,
                Err(reason) => return (messages, Some(reason.code)),
            }
        }
    }
    (messages, None)
}

fn text(text: &str) -> Inbound {
    Inbound::Text(text.to_owned())
}

#[test]
fn messages_come_out_whole_however_they_are_cut() {
    let long = "y".repeat(MESSAGE_BYTES_MAX);
    let mut bytes = frame(0x81, b"one");
    bytes.extend(frame(0x01, b"tw"));
    bytes.extend(frame(0x89, b"ping in between"));
    bytes.extend(frame(0x80, b"o"));
    bytes.extend(frame(0x82, b"binary"));
    bytes.extend(frame(0x8A, b""));
    bytes.extend(frame(0x81, long.as_bytes()));
    bytes.extend(frame(0x88, b"\x03\xe8bye"));
    let want = || {
        let ping = Inbound::Ping(b"ping in between".to_vec());
        let (two, long) = (text("two"), text(&long));
        vec![
            text("one"),
            ping,
            two,
            Inbound::Binary,
            Inbound::Pong,
            long,
            Inbound::Close,
        ]
    };
    for size in [1, 2, 3, 7, 1_000, bytes.len()] {
        let pieces: Vec<&[u8]> = bytes.chunks(size).collect();
        assert_eq!(decode(&pieces), (want(), None), "in pieces of {size}");
    }
}

/// spec: B1
#[test]
fn what_breaks_the_protocol_closes_with_its_code() {
    let huge = [0x81, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];
    let mut in_parts = frame(0x01, &vec![b'x'; MESSAGE_BYTES_MAX]);
    in_parts.extend(frame(0x80, b"x"));
    let mut twice = frame(0x01, b"a");
    twice.extend(frame(0x81, b"b"));
    let cases: [(&str, Vec<u8>, u16); 12] = [
        ("unmasked", vec![0x81, 0x01, b'x'], 1002),
        ("reserved bit", frame(0xC1, b"x"), 1002),
        ("reserved opcode", frame(0x83, b"x"), 1002),
        ("reserved control opcode", frame(0x8B, b"x"), 1002),
        ("control in parts", frame(0x09, b"x"), 1002),
        ("long control", frame(0x89, &[0; 126]), 1002),
        ("end without a beginning", frame(0x80, b"x"), 1002),
        ("beginning inside another", twice, 1002),
        ("goodbye of one byte", frame(0x88, b"x"), 1002),
        ("bad UTF-8", frame(0x81, &[0xFF]), 1007),
        (
            "over 64 KiB",
            frame(0x82, &vec![0; MESSAGE_BYTES_MAX + 1]),
            1009,
        ),
        ("over 64 KiB in parts", in_parts, 1009),
    ];
    for (what, bytes, code) in cases {
        assert_eq!(decode(&[&bytes]).1, Some(code), "{what}");
    }
    assert_eq!(decode(&[&huge]).1, Some(1009), "refused by its head");
}

#[test]
fn any_bytes_end_in_messages_or_a_code() {
    // Every beginning of a frame, with every short tail.
    for first in 0..=255_u8 {
        for second in 0..=255_u8 {
            for tail in [&[][..], &[0; 3], &[0xFF; 20]] {
                let mut bytes = vec![first, second];
                bytes.extend_from_slice(tail);
                let (messages, code) = decode(&[&bytes]);
                assert!(messages.len() < 10);
                assert!(matches!(code, None | Some(1002 | 1007 | 1009)));
            }
        }
    }
}

#[test]
fn an_idle_connection_holds_nothing() {
    let mut decoder = Decoder::default();
    decoder.feed(&frame(0x81, &vec![b'x'; 10_000]));
    assert!(matches!(decoder.next(), Ok(Some(_))));
    assert_eq!(decoder.bytes.capacity(), 0);
}

/// Streams that are nearly right, cut anywhere: what comes of them does not depend on the cuts.
#[test]
fn damaged_streams_come_to_the_same_end_however_they_are_cut() {
    let mut seed = 1_u64;
    let mut below = |end: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % end as u64).unwrap()
    };
    for _ in 0..20_000 {
        let mut bytes = Vec::new();
        for _ in 0..=below(4) {
            let first = [0x81, 0x01, 0x80, 0x82, 0x89, 0x8A, 0x88][below(7)];
            let payload = vec![b'x'; below(140)];
            bytes.extend(frame(first, &payload));
        }
        for _ in 0..below(3) {
            let place = below(bytes.len());
            bytes[place] = u8::try_from(below(256)).unwrap();
        }
        let whole = decode(&[&bytes]);
        let (first, second) = bytes.split_at(below(bytes.len()));
        let (second, third) = second.split_at(below(second.len() + 1));
        assert_eq!(decode(&[first, second, third]), whole);
    }
}
