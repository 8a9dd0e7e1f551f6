//! What can go wrong while an archive is packed: the old one stays whole, the new one is whole or
//! not there, and what is said tells what to do.
//!
//! `cargo xtask trust` runs these tests with many more rounds.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use vitrine_tests::{figure, rounds};

use crate::command::{lines, stderr, tree, vitrine};

/// A folder of `count` articles whose texts depend on `seed`.
fn corpus(folder: &Path, seed: u32, count: u32) -> PathBuf {
    let path = folder.join(format!("corpus-{seed}"));
    fs::create_dir(&path).unwrap();
    for number in 0..count {
        let words = (0..120).map(|n| format!("w{}", (n * 37 + number * 11 + seed) % 97));
        let words: Vec<_> = words.collect();
        let text = format!(
            "<html><title>Report {number} of {seed}</title><body><article><h1>Report {number} \
             of {seed}</h1><p>{}.</p><p>海港的报告第{number}号，{}。</p></article></body></html>",
            words.join(" "),
            words[..40].join("，")
        );
        fs::write(path.join(format!("{number:03}.html")), text).unwrap();
    }
    path
}

fn pack(input: &Path, out: &Path) -> Command {
    let mut pack = vitrine();
    pack.arg("pack").arg(input).arg("--title").arg("T").arg("--out").arg(out);
    pack
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect()
}

/// Numbers that look like chance and are the same every time.
fn scattered(number: u32) -> u32 {
    let mixed = (number + 1).wrapping_mul(2_654_435_761);
    (mixed ^ (mixed >> 15)).wrapping_mul(2_246_822_519) >> 8
}

#[test]
fn a_pack_that_is_killed_leaves_a_whole_archive_and_the_next_one_tidies_up() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (corpus(folder.path(), 1, 60), corpus(folder.path(), 2, 60));
    let place = folder.path().join("place");
    fs::create_dir(&place).unwrap();
    let out = place.join("archive");
    let started = Instant::now();
    assert!(pack(&new, &out).output().unwrap().status.success());
    let whole_time = started.elapsed();
    let new_files = tree(&out);
    assert!(pack(&old, &out).output().unwrap().status.success());
    let old_files = tree(&out);
    assert_ne!(old_files, new_files);

    let mut killed = 0;
    for round in 0..rounds(12) {
        let mut child =
            pack(&new, &out).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let share = f64::from(scattered(round) % 1000) / 950.0;
        thread::sleep(whole_time.mul_f64(share));
        child.kill().unwrap();
        killed += u32::from(!child.wait().unwrap().success());
        let now = tree(&out);
        let is_whole = now == old_files || now == new_files;
        assert!(is_whole, "after {share} of the time the archive is neither old nor new");
        // What was left lies beside it, and does not stay.
        assert!(pack(&old, &out).output().unwrap().status.success());
        assert_eq!(names(&place), ["archive".to_owned()].into());
        assert_eq!(tree(&out), old_files);
    }
    figure("packs killed, archive whole", killed as usize);
    assert!(killed > 0, "nothing was killed before it was done");
}

#[test]
fn two_packs_into_one_place_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (corpus(folder.path(), 1, 60), corpus(folder.path(), 2, 60));
    let place = folder.path().join("place");
    fs::create_dir(&place).unwrap();
    let out = place.join("archive");
    let (mut refused, mut both) = (0, 0);
    for _ in 0..rounds(4) {
        let spawn = |input: &Path| {
            pack(input, &out)
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        };
        let packs =
            [spawn(&one), spawn(&other)].map(|pack| pack.wait_with_output().unwrap());
        let won = packs.iter().filter(|pack| pack.status.success()).count();
        assert!(won >= 1, "{}", stderr(&packs[0]));
        for lost in packs.iter().filter(|pack| !pack.status.success()) {
            assert_eq!(lost.status.code(), Some(2));
            assert!(
                stderr(lost).contains("another vitrine is packing"),
                "{}",
                stderr(lost)
            );
            refused += 1;
        }
        both += usize::from(won == 2);
        assert_eq!(names(&place), ["archive".to_owned()].into());
        let verified = vitrine().arg("verify").arg(&out).output().unwrap();
        assert!(verified.status.success(), "{}", stderr(&verified));
    }
    assert!(refused + both > 0);
}

#[test]
fn inputs_that_change_while_they_are_read_do_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let input = corpus(folder.path(), 1, 80);
    let out = folder.path().join("archive");
    for round in 0..rounds(3) {
        let is_done = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                let mut number = round;
                while !is_done.load(Ordering::Relaxed) {
                    number += 1;
                    let path = input.join(format!("{:03}.html", scattered(number) % 80));
                    match number % 3 {
                        0 => drop(fs::remove_file(&path)),
                        1 => drop(File::create(&path).and_then(|file| file.set_len(7))),
                        _ => drop(fs::write(
                            &path,
                            "<p>Another text, longer. ".repeat(900),
                        )),
                    }
                    thread::sleep(Duration::from_millis(1));
                }
            });
            let packed = pack(&input, &out).arg("--json").output().unwrap();
            is_done.store(true, Ordering::Relaxed);
            assert!(matches!(packed.status.code(), Some(0 | 1)), "{}", stderr(&packed));
            let totals = &lines(&packed)[0]["totals"];
            let count = |name: &str| totals[name].as_u64().unwrap();
            let ends =
                ["articles", "duplicates", "non_articles", "skipped", "unreadable"];
            assert_eq!(count("inputs"), ends.map(count).iter().sum::<u64>(), "{totals}");
        });
        let verified = vitrine().arg("verify").arg(&out).output().unwrap();
        assert!(verified.status.success(), "{}", stderr(&verified));
    }
}

#[test]
fn an_archive_with_the_longest_name_is_packed_and_packed_again() {
    let folder = tempfile::tempdir().unwrap();
    let input = corpus(folder.path(), 1, 3);
    let out = folder.path().join("档".repeat(85));
    for _ in 0..2 {
        let packed = pack(&input, &out).output().unwrap();
        assert!(packed.status.success(), "{}", stderr(&packed));
    }
    assert_eq!(names(folder.path()).len(), 2);
}

#[test]
fn what_is_in_the_way_is_refused_and_stays() {
    let folder = tempfile::tempdir().unwrap();
    let input = corpus(folder.path(), 1, 3);
    let out = folder.path().join("letters");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("letter.txt"), "Dear Ana").unwrap();
    let packed = pack(&input, &out).output().unwrap();
    assert_eq!(packed.status.code(), Some(2));
    assert!(stderr(&packed).contains("--out names a folder"), "{}", stderr(&packed));
    assert_eq!(names(&out), ["letter.txt".to_owned()].into());
}

#[test]
fn what_others_added_to_an_archive_stays_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (corpus(folder.path(), 1, 3), corpus(folder.path(), 2, 3));
    let out = folder.path().join("archive");
    assert!(pack(&old, &out).output().unwrap().status.success());
    fs::write(out.join("CNAME"), "papers.example.org").unwrap();
    fs::create_dir_all(out.join(".git/objects")).unwrap();
    fs::write(out.join(".git/objects/ab"), "kept").unwrap();
    let packed = pack(&new, &out).output().unwrap();
    assert!(packed.status.success(), "{}", stderr(&packed));
    assert!(stderr(&packed).contains(".git, CNAME"), "{}", stderr(&packed));
    assert_eq!(fs::read_to_string(out.join("CNAME")).unwrap(), "papers.example.org");
    assert_eq!(fs::read_to_string(out.join(".git/objects/ab")).unwrap(), "kept");
    let elsewhere = folder.path().join("elsewhere");
    assert!(pack(&new, &elsewhere).output().unwrap().status.success());
    let mut files = tree(&out);
    files.retain(|path, _| path != "CNAME" && !path.starts_with(".git/"));
    assert!(files == tree(&elsewhere), "nothing of the old archive stays");
    assert!(vitrine().arg("verify").arg(&out).output().unwrap().status.success());
}

#[cfg(unix)]
mod unix {
    use std::{
        ffi::OsStr,
        os::unix::{ffi::OsStrExt, fs::symlink},
    };

    use super::*;

    /// The outcomes of a folder, by path.
    fn outcomes(input: &Path) -> BTreeMap<String, String> {
        let mut clean = vitrine();
        let cleaned = clean.args(["clean", "--per-file"]).arg(input).output().unwrap();
        let outcome = |line: &serde_json::Value| {
            let text = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
            (text("path"), line.to_string())
        };
        lines(&cleaned).iter().map(outcome).collect()
    }

    #[test]
    fn a_link_to_an_archive_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let input = corpus(folder.path(), 1, 3);
        let (real, link) =
            (folder.path().join("archive-1"), folder.path().join("current"));
        assert!(pack(&input, &real).output().unwrap().status.success());
        symlink(&real, &link).unwrap();
        let other = corpus(folder.path(), 2, 3);
        assert!(pack(&other, &link).output().unwrap().status.success());
        assert!(link.is_symlink() && !real.is_symlink());
        let elsewhere = folder.path().join("elsewhere");
        assert!(pack(&other, &elsewhere).output().unwrap().status.success());
        assert!(tree(&real) == tree(&elsewhere));
    }

    #[test]
    fn links_pipes_and_errors_of_the_disk_are_each_reported() {
        let folder = tempfile::tempdir().unwrap();
        let input = corpus(folder.path(), 1, 3);
        symlink(&input, input.join("loop")).unwrap();
        symlink(input.join("nowhere.html"), input.join("dangling.html")).unwrap();
        assert!(
            Command::new("mkfifo")
                .arg(input.join("pipe.html"))
                .status()
                .unwrap()
                .success()
        );
        symlink("/dev/zero", input.join("endless.html")).unwrap();
        // The first read of it fails, as that of a damaged disk does.
        #[cfg(target_os = "linux")]
        symlink("/proc/self/mem", input.join("broken.html")).unwrap();
        let outcomes = outcomes(&input);
        for (name, reason) in [
            ("loop", "loop found"),
            ("dangling.html", "No such file"),
            ("pipe.html", "no regular file"),
            ("endless.html", "no regular file"),
            #[cfg(target_os = "linux")]
            ("broken.html", "error"),
        ] {
            let outcome =
                outcomes.get(name).unwrap_or_else(|| panic!("{name}: {outcomes:?}"));
            assert!(
                outcome.contains("\"article\":false") && outcome.contains(reason),
                "{outcome}"
            );
        }
        let packed =
            pack(&input, &folder.path().join("out")).arg("--json").output().unwrap();
        assert_eq!(packed.status.code(), Some(1), "{}", stderr(&packed));
        assert_eq!(lines(&packed)[0]["totals"]["articles"], 3);
    }

    #[test]
    fn names_of_every_kind_stay_apart() {
        let folder = tempfile::tempdir().unwrap();
        let input = folder.path().join("in");
        fs::create_dir(&input).unwrap();
        let long = format!("{}.html", "n".repeat(250));
        let given: [&[u8]; 14] = [
            b"one.html",
            b"ONE.html",
            "caf\u{e9}.html".as_bytes(),
            "cafe\u{301}.html".as_bytes(),
            b"bytes-\xff.html",
            b"bytes-\xfe.html",
            b"con.html",
            b"a:b.html",
            b"a?b*.html",
            b"trailing. .html",
            b"back\\slash.html",
            b"new\nline.html",
            "\u{202e}lmth.html".as_bytes(),
            long.as_bytes(),
        ];
        for (number, name) in given.iter().enumerate() {
            let text = format!(
                "<title>Piece {number}</title><article><h1>Piece {number}</h1><p>{}</p></article>",
                format!("What stands in number {number} and nowhere else. ").repeat(9)
            );
            fs::write(input.join(OsStr::from_bytes(name)), text).unwrap();
        }
        let outcomes = outcomes(&input);
        assert_eq!(outcomes.len(), given.len(), "{:?}", outcomes.keys());
        assert!(outcomes.contains_key("bytes-\\xFF.html"), "{:?}", outcomes.keys());
        let out = folder.path().join("out");
        let packed = pack(&input, &out).arg("--json").output().unwrap();
        assert_eq!(packed.status.code(), Some(0), "{}", stderr(&packed));
        assert_eq!(lines(&packed)[0]["totals"]["articles"], given.len());
        assert!(vitrine().arg("verify").arg(&out).output().unwrap().status.success());
    }

    #[test]
    fn the_surroundings_change_no_byte() {
        let folder = tempfile::tempdir().unwrap();
        let input = corpus(folder.path(), 1, 40);
        let place = folder.path().join("a place of another name");
        fs::create_dir(&place).unwrap();
        let plain = folder.path().join("plain");
        assert!(pack(&input, &plain).output().unwrap().status.success());
        let plain = tree(&plain);
        for (number, surroundings) in [
            &["LC_ALL=tr_TR.UTF-8", "LANG=tr_TR.UTF-8"][..],
            &["TZ=Pacific/Kiritimati", "SOURCE_DATE_EPOCH=0"],
            &["RAYON_NUM_THREADS=1"],
            &["RAYON_NUM_THREADS=7", "LC_ALL=C"],
            &["TMPDIR=/nowhere", "HOME=/nowhere", "USER=ana"],
        ]
        .iter()
        .enumerate()
        {
            let out = place.join(number.to_string());
            let pack = pack(&input, &out);
            let mut shell = Command::new("sh");
            shell.args(["-c", "umask 077; exec \"$@\"", "sh"]).arg(pack.get_program());
            shell.args(pack.get_args()).current_dir(&place);
            for (name, value) in
                surroundings.iter().filter_map(|pair| pair.split_once('='))
            {
                shell.env(name, value);
            }
            let packed = shell.output().unwrap();
            assert!(packed.status.success(), "{surroundings:?}: {}", stderr(&packed));
            assert!(tree(&out) == plain, "{surroundings:?}");
        }
    }

    /// A disk of a few megabytes, where this process may mount one.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_leaves_the_old_archive_and_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let (old, new) = (corpus(folder.path(), 1, 10), corpus(folder.path(), 2, 200));
        let disk = folder.path().join("disk");
        fs::create_dir(&disk).unwrap();
        // In a name space of its own, which takes the disk with it when the shell ends.
        let script = r#"set -e
            mount -t tmpfs -o size=1536k none "$1"
            "$2" pack "$3" --title T --out "$1/archive" >/dev/null
            before=$(cd "$1/archive" && find . -type f -exec sha256sum {} + | sort | sha256sum)
            dd if=/dev/zero of="$1/filler" bs=1k count=$4 2>/dev/null || true
            code=0; "$2" pack "$5" --title T --out "$1/archive" 2>"$6" >/dev/null || code=$?
            after=$(cd "$1/archive" && find . -type f -exec sha256sum {} + | sort | sha256sum)
            [ "$before" = "$after" ] || { echo changed; exit 3; }
            "$2" verify "$1/archive" >/dev/null
            ls -A "$1"
            exit $code"#;
        let mut refused = 0;
        for free in 0..rounds(4).min(12) {
            let said = folder.path().join("said");
            let mut shell = Command::new("unshare");
            shell.args([
                "--user",
                "--map-root-user",
                "--mount",
                "sh",
                "-c",
                script,
                "sh",
            ]);
            shell.arg(&disk).arg(vitrine().get_program()).arg(&old);
            shell.arg((900 - free * 40).to_string()).arg(&new).arg(&said);
            let ran = shell.output().unwrap();
            let said = fs::read_to_string(&said).unwrap_or_default();
            let listed = String::from_utf8(ran.stdout.clone()).unwrap();
            assert_eq!(listed.trim(), "archive\nfiller", "{}{said}", stderr(&ran));
            if ran.status.code() == Some(2) {
                assert!(
                    said.contains("No space left") && said.contains("disk"),
                    "{said}"
                );
                refused += 1;
            }
        }
        assert!(refused > 0, "the disk was never full");
    }
}

/// Not everything that packs writes files: a broken pipe is no failure.
#[test]
fn a_reader_that_leaves_early_is_no_failure() {
    let folder = tempfile::tempdir().unwrap();
    let input = corpus(folder.path(), 1, 60);
    let mut clean = vitrine();
    clean.arg("clean").arg(&input).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = clean.spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    std::io::stdout().flush().unwrap();
}
