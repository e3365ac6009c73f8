//! What delivering cost, as a table and as aims.

use super::delivery::{LOADS, Row, Sample};
use crate::bench::report::{Aim, Bound, median};

pub(super) fn show(rows: &[Row]) {
    println!(
        "\nCPU us per delivered message, and the ratio to one write of the same bytes (floor)"
    );
    println!(
        "{:<20}{:>8}{:>16}{:>16}{:>8}{:>16}{:>9}{:>9}{:>12}",
        "", "floor", "plain", "Node ws", "floor", "following", "messages", "bytes", "writes"
    );
    for (load, row) in LOADS.iter().zip(rows) {
        let name = if load.posts == 1 {
            "paced"
        } else {
            "bursts of 16"
        };
        println!(
            "{:<12}C={:<6}{:>8}{:>16}{:>16}{:>8}{:>16}{:>9.0}{:>9.0}{:>12}",
            name,
            load.clients,
            message_us(&row.plain_floor),
            beside(&row.plain, &row.plain_floor),
            beside(&row.node, &row.plain_floor),
            message_us(&row.following_floor),
            beside(&row.following, &row.following_floor),
            of(&row.plain, |sample| sample.messages),
            of(&row.plain, |sample| sample.bytes),
            writes(row),
        );
    }
    println!(
        "messages, bytes: what a plain client hears of a beat; writes: reads that it takes, and\n\
         those that a following client takes (a server that writes less often spends less)"
    );
}

pub(super) fn aims(rows: &[Row]) -> Vec<Aim> {
    let (paced, bursts) = (&rows[2], &rows[5]);
    let at_most = |what, samples, floor, most| Aim {
        what,
        measured: ratio(samples, floor),
        bound: Bound::AtMost(most),
    };
    vec![
        at_most(
            "CPU per message / floor, plain, paced, 1000 clients",
            &paced.plain,
            &paced.plain_floor,
            1.2,
        ),
        at_most(
            "CPU per message / floor, following, paced, 1000 clients",
            &paced.following,
            &paced.following_floor,
            1.2,
        ),
        at_most(
            "CPU per message / floor, plain, bursts, 1000 clients",
            &bursts.plain,
            &bursts.plain_floor,
            1.5,
        ),
        at_most(
            "CPU per message / floor, following, bursts, 1000 clients",
            &bursts.following,
            &bursts.following_floor,
            1.5,
        ),
    ]
}

fn of(samples: &[Sample], figure: impl Fn(&Sample) -> f64) -> f64 {
    median(&samples.iter().map(figure).collect::<Vec<_>>())
}

fn beat_us(samples: &[Sample]) -> f64 {
    of(samples, |sample| sample.beat_us)
}

/// By beats, not by messages: both tell the same bytes of a beat.
fn ratio(samples: &[Sample], floor: &[Sample]) -> Option<f64> {
    (!samples.is_empty()).then(|| beat_us(samples) / beat_us(floor))
}

fn message_us(samples: &[Sample]) -> String {
    if samples.is_empty() {
        return "-".to_owned();
    }
    let us = of(samples, |sample| sample.beat_us / sample.messages);
    format!("{us:.2}")
}

fn beside(samples: &[Sample], floor: &[Sample]) -> String {
    let ratio = ratio(samples, floor).map_or_else(String::new, |ratio| format!(" ({ratio:.2} x)"));
    message_us(samples) + &ratio
}

fn writes(row: &Row) -> String {
    let reads = |samples: &[Sample]| of(samples, |sample| sample.reads);
    let plain = format!("{:.1}", reads(&row.plain));
    if row.following.is_empty() {
        return plain;
    }
    format!("{plain} {:.1}", reads(&row.following))
}
