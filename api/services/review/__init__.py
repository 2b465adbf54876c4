"""What adults at school do with words: read them in time, judge the marks, write beside them, take them along."""
