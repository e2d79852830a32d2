//! Groups the words of a dictionary that are made of the same letters.

use std::collections::HashMap;
use std::io::{self, BufRead};

/// The letters of a word in alphabetical order: equal for words that are anagrams.
fn signature(word: &str) -> String {
    let mut letters: Vec<char> = word.to_lowercase().chars().collect();
    letters.sort_unstable();
    letters.into_iter().collect()
}

fn main() -> io::Result<()> {
    let mut groups: HashMap<String, Vec<String>> = HashMap::new();
    for line in io::stdin().lock().lines() {
        let word = line?.trim().to_string();
        if !word.is_empty() {
            groups.entry(signature(&word)).or_default().push(word);
        }
    }
    let mut found: Vec<Vec<String>> = groups.into_values().filter(|g| g.len() > 1).collect();
    found.sort_by_key(|group| std::cmp::Reverse(group.len()));
    for group in found {
        println!("{}", group.join(" "));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::signature;

    #[test]
    fn listen_is_an_anagram_of_silent() {
        assert_eq!(signature("Listen"), signature("silent"));
    }
}
