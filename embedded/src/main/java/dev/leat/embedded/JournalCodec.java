package dev.leat.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Journal entries to JSON and back. */
final class JournalCodec {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final ObjectWriter WRITER = MAPPER.writerFor(JournalEntry.class);
    private static final ObjectReader READER = MAPPER.readerFor(JournalEntry.class);

    private JournalCodec() {}

    static String encode(JournalEntry entry) {
        try {
            return WRITER.writeValueAsString(entry);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "Expected to write " + entry.key() + " as JSON, but " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws IllegalArgumentException when it is anything else
     */
    static JournalEntry decode(String json) {
        try {
            return READER.readValue(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Expected a fact of the registry, but: " + e.getOriginalMessage(), e);
        }
    }
}
