package dev.leat.projector.query;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

import dev.leat.domain.JobId;
import dev.leat.projector.index.ListPosition;

/** Where a page ended, as text that means nothing to anybody else. */
final class ListCursor {

    private ListCursor() {}

    static String of(ListPosition position) {
        String text = position.submittedAtMillis() + ":" + position.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static ListPosition parse(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return ListPosition.of(Instant.ofEpochMilli(Long.parseLong(text.substring(0, Math.max(colon, 0)))),
                    JobId.parse(text.substring(colon + 1)));
        } catch (IllegalArgumentException notOurs) {
            throw QueryProblems.badParameter("cursor", "Expected a cursor that came with a list, but got another.");
        }
    }
}
