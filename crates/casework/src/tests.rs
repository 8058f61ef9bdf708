//! What holds for the rules as a whole. What holds for one command is tested in that command's file.

mod suizhou;
