package dev.leat.submit.status;

/**
 * What a projector said, for whoever asked.
 *
 * @param status 200, or 4xx with a problem as the body
 * @param body JSON, as the projector wrote it
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and handed on as it is: a copy of each answer buys nothing.
public record ProjectorAnswer(int status, byte[] body) {

    /** Whether the projector gave what was asked for. */
    public boolean isFound() {
        return status == 200;
    }
}
