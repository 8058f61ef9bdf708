//! All automation of Fengsi: one task per file under `tasks/`, started as `cargo xtask <task>`.
//!
//! It holds no rules of the system and depends on none of its crates, so that it builds in seconds
//! on a machine that has nothing yet.

mod arguments;
mod counts;
mod debian;
mod pages;
mod paper;
mod postgres;
mod process;
mod progress;
mod repository;
mod stages;
mod stamp;
mod tasks;
#[cfg(test)]
mod tidy;
mod tools;

use std::process::ExitCode;

use arguments::Arguments;
use tasks::{TASKS, Task};

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let Some(name) = words.next() else {
        print!("{}", overview());
        return ExitCode::SUCCESS;
    };
    if matches!(name.as_str(), "help" | "--help" | "-h") {
        print!("{}", overview());
        return ExitCode::SUCCESS;
    }
    let Some(task) = TASKS.iter().find(|task| task.name == name) else {
        eprintln!("error: there is no task '{name}'\n\n{}", overview());
        return ExitCode::from(2);
    };
    let arguments = Arguments::new(words.collect());
    if arguments.asks_for_help() {
        print!("{}", task.help);
        return ExitCode::SUCCESS;
    }
    finish(task, arguments)
}

fn finish(task: &Task, arguments: Arguments) -> ExitCode {
    match (task.run)(arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn overview() -> String {
    let mut text = String::from(
        "Automation of Fengsi. Usage: cargo xtask <task> [options]\n\n\
         Two commands are all a newcomer needs: `cargo xtask demo` and `cargo xtask test`.\n\n",
    );
    for task in TASKS {
        text.push_str(&format!("  {:<10}{}\n", task.name, task.about));
    }
    text.push_str("\n`cargo xtask <task> --help` explains one task.\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_task_is_listed_and_explains_itself() {
        for task in TASKS {
            assert!(overview().contains(task.name), "{} is missing in the overview", task.name);
            let usage = format!("Usage: cargo xtask {}", task.name);
            assert!(task.help.contains(&usage), "the help of {} must show its usage", task.name);
        }
    }
}
