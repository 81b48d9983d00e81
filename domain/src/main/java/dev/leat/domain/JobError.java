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
}
