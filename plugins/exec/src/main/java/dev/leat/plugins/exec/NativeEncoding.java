package dev.leat.plugins.exec;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How Java hands texts to the operating system: as the locale says with which the worker was started. What that cannot
 * express would arrive as question marks.
 *
 * @param charset that of arguments, environment variables and paths
 */
record NativeEncoding(Charset charset) {

    static NativeEncoding ofThisProcess() {
        return new NativeEncoding(
                Charset.forName(System.getProperty("sun.jnu.encoding", StandardCharsets.UTF_8.name())));
    }

    /** Why the command would not get what the job gives it, if it would not. */
    Optional<String> refusal(ExecInput input) {
        return Stream.of(input.args(), input.env().values(), input.files().keySet(), input.outputs())
                .flatMap(Collection::stream).filter(text -> !charset.newEncoder().canEncode(text)).findFirst()
                .map(text -> "Expected arguments, variables and paths in %s, as the locale of this worker has it (LANG=C.UTF-8 would allow all), but got '%s'"
                        .formatted(charset, text));
    }
}
