//! What delivering cost, as a table and as aims.

use super::delivery::{Beside, LOADS, Load, Row, Sample};
use crate::bench::report::{Aim, Bound, median};

pub(super) fn show(rows: &[Row]) {
    println!(
        "\nCPU of a delivered message (a frame to a client), without what the posts cost alone\n\
         {:<22}{:<12}{:>10}{:>9}{:>16}{:>11}{:>10}{:>9}",
        "", "", "us", "/ floor", "/ as many writes", "messages", "bytes", "writes"
    );
    for (load, row) in LOADS.iter().zip(rows) {
        println!("{}", name(load));
        line("floor", &row.plain.floor, &row.plain, load);
        line("plain", &row.plain.product, &row.plain, load);
        line("Node ws", &row.node, &row.plain, load);
        line("floor", &row.following.floor, &row.following, load);
        line("following", &row.following.product, &row.following, load);
    }
    println!(
        "floor: one write of the same bytes a client and beat; as many writes: a floor that makes\n\
         as many as the product. messages, bytes, writes (reads that gave something): of a client\n\
         and beat. Ratios are of whole beats."
    );
}

fn name(load: &Load) -> String {
    let shape = if load.posts == 1 {
        "one post at a time"
    } else {
        "bursts of 16 posts"
    };
    format!("{shape}, {} clients", load.clients)
}

fn line(who: &str, samples: &[Sample], beside: &Beside, load: &Load) {
    if samples.is_empty() {
        return;
    }
    let to = |floor| ratio(samples, floor).map_or_else(String::new, |ratio| format!("{ratio:.2}"));
    let as_many = if load.posts == 1 {
        &beside.floor
    } else {
        &beside.as_many_writes
    };
    let figure = |of: fn(&Sample) -> f64| median_of(samples, of);
    println!(
        "{:<22}{who:<12}{:>10.2}{:>9}{:>16}{:>11.1}{:>10.0}{:>9.1}",
        "",
        figure(|sample| sample.beat_us / sample.messages),
        to(&beside.floor),
        if who == "floor" || who == "Node ws" {
            String::new()
        } else {
            to(as_many)
        },
        figure(|sample| sample.messages),
        figure(|sample| sample.bytes),
        figure(|sample| sample.reads),
    );
}

pub(super) fn aims(rows: &[Row]) -> Vec<Aim> {
    let aim = |what, beside: &Beside, most| Aim {
        what,
        measured: ratio(&beside.product, &beside.floor),
        bound: Bound::AtMost(most),
    };
    let (paced, bursts) = (&rows[2], &rows[5]);
    vec![
        aim(
            "CPU per message / floor, plain, paced, 1000 clients",
            &paced.plain,
            1.2,
        ),
        aim(
            "CPU per message / floor, following, paced, 1000 clients",
            &paced.following,
            1.2,
        ),
        aim(
            "CPU per message / floor, plain, bursts, 1000 clients",
            &bursts.plain,
            1.5,
        ),
        aim(
            "CPU per message / floor, following, bursts, 1000 clients",
            &bursts.following,
            1.5,
        ),
    ]
}

fn median_of(samples: &[Sample], figure: impl Fn(&Sample) -> f64) -> f64 {
    median(&samples.iter().map(figure).collect::<Vec<_>>())
}

/// By beats, not by messages: both tell the same bytes of a beat.
fn ratio(samples: &[Sample], floor: &[Sample]) -> Option<f64> {
    let beat_us = |samples| median_of(samples, |sample| sample.beat_us);
    (!samples.is_empty()).then(|| beat_us(samples) / beat_us(floor))
}
