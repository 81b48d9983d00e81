package dev.leat.domain;

/**
 * How far an attempt has come, as its handler says.
 *
 * @param percent 0 to 100; other values are moved to the nearer end, not-a-number to 0
 */
public record Progress(double percent, String message) {

    public Progress {
        percent = Double.isNaN(percent) ? 0 : Math.clamp(percent, 0, 100);
    }
}
