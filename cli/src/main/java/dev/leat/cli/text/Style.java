package dev.leat.cli.text;

/** Colours by what they mean, or none. Made of ANSI's basic ones, which every terminal maps to its theme. */
public enum Style {

    /** With colours. */
    COLOURED,
    /** Without. */
    PLAIN;

    /** A header or label. */
    public String bold(String text) {
        return with("1", text);
    }

    /** What matters less. */
    public String faint(String text) {
        return with("2", text);
    }

    /** What went wrong. */
    public String bad(String text) {
        return with("31", text);
    }

    /** The status of a job, batch or operation, in its colour. */
    public String status(String status) {
        return status(status, status);
    }

    /** A text in the colour of a status. */
    public String status(String status, String text) {
        return switch (status) {
            case "completed" -> with("32", text);
            case "running", "rolling_back", "released" -> with("36", text);
            case "retrying", "cancelling", "stopping" -> with("33", text);
            case "failed", "timed_out", "rejected", "rollback_failed" -> with("31", text);
            case "cancelled", "expired", "skipped", "rolled_back" -> with("35", text);
            default -> text;
        };
    }

    private String with(String code, String text) {
        return this == PLAIN || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
