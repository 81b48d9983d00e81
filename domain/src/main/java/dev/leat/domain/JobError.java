package dev.leat.domain;

/**
 * Why an attempt or a job ended badly.
 *
 * @param code a stable word for programs
 * @param message for people
 * @param stackTrace empty where nothing was thrown
 */
public record JobError(String code, String message, String stackTrace) {

    public static JobError of(String code, String message) {
        return new JobError(code, message, "");
    }

    /**
     * The same error with its texts cut, so that no error, whoever wrote it, makes a job too large to be kept or shown.
     *
     * @param maxMessage in characters, at least 1
     * @param maxStackTrace likewise
     */
    public JobError cut(int maxMessage, int maxStackTrace) {
        return new JobError(cut(code, maxMessage), cut(message, maxMessage), cut(stackTrace, maxStackTrace));
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }
}
