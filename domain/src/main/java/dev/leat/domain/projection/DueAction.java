package dev.leat.domain.projection;

/**
 * What is to be done about a job when its time has come. Entries are never taken back: whether there is still something
 * to do is decided when they are due.
 */
public sealed interface DueAction {

    /** Put the first attempt into its lane. */
    record Release() implements DueAction {}

    /** Put a later attempt into its lane. */
    record Retry(int attempt) implements DueAction {}

    /** Ask for the end of a job that no worker has taken. */
    record Expire() implements DueAction {}

    /** Ask for the end of a job that has taken too long. */
    record TimeOut() implements DueAction {}

    /** Tell those who wait for a job that nobody knows it, if that is still so. */
    record Disown() implements DueAction {}

    /** Delete a job that has ended, or whose command has never come. */
    record Purge() implements DueAction {}
}
