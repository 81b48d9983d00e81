package dev.leat.plugins.demo.fetch;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before the body of an HTTP/1 answer.
 *
 * @param status 200 to 999
 * @param fields the header fields by lower-case name; the values of a repeated one are joined by commas
 */
record ResponseHead(int status, Map<String, String> fields) {

    private static final int MAX_BYTES = 64 * 1024;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-9][0-9]{2})(?: .*)?");
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    /**
     * Reads a head, and passes over those that only announce it.
     *
     * @throws IOException if what comes is no HTTP/1, or too much of it
     */
    static ResponseHead read(ResponseStream in) throws IOException {
        int left = MAX_BYTES;
        while (true) {
            String line = in.line("a status line", left);
            Matcher statusLine = STATUS_LINE.matcher(line);
            if (!statusLine.matches()) {
                throw new FetchException(
                        "Expected a status line of HTTP/1.1, but got " + FetchException.quoted(line));
            }
            left -= line.length();
            Map<String, String> fields = new HashMap<>();
            left = readFields(in, left, fields);
            int status = Integer.parseInt(statusLine.group(1));
            if (status >= 200) {
                return new ResponseHead(status, fields);
            }
        }
    }

    private static int readFields(ResponseStream in, int budget, Map<String, String> fields) throws IOException {
        int left = budget;
        for (String line = in.line("a header", left); !line.isEmpty(); line = in.line("a header", left)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new FetchException("Expected a header, but got " + FetchException.quoted(line));
            }
            fields.merge(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip(),
                    (first, second) -> first + ", " + second);
            left -= line.length();
        }
        return left;
    }

    /** Where the answer sends on, if it does. */
    Optional<String> redirect() {
        return REDIRECTS.contains(status) ? Optional.ofNullable(fields.get("location")) : Optional.empty();
    }

    /** Whether no body follows, whatever the header fields say. */
    boolean isBodiless() {
        return status == 204 || status == 304;
    }

    /** Whether the body comes in chunks. */
    boolean isChunked() {
        return fields.getOrDefault("transfer-encoding", "").toLowerCase(Locale.ROOT).endsWith("chunked");
    }

    /**
     * How long the body is; empty if it goes on until the connection ends.
     *
     * @throws FetchException if what is given is no length
     */
    Optional<Long> contentLength() throws FetchException {
        String length = fields.get("content-length");
        if (length == null) {
            return Optional.empty();
        }
        if (!length.matches("[0-9]{1,18}")) {
            throw new FetchException("Expected a content length, but got " + FetchException.quoted(length));
        }
        return Optional.of(Long.valueOf(length));
    }
}
