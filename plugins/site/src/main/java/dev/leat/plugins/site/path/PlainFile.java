package dev.leat.plugins.site.path;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Reads files of which nothing is known: not links, not devices, not too long, and text only where they are text. */
public final class PlainFile {

    private PlainFile() {}

    /**
     * The file's text; line ends are line feeds, a byte order mark is left out.
     *
     * @param file not followed where it is a link
     * @param most how many bytes it may have
     * @throws RefusedException if it is no regular file, too long, or not UTF-8
     * @throws IOException if it cannot be read
     */
    public static String text(Path file, int most) throws RefusedException, IOException {
        requireRegular(file);
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            bytes = in.readNBytes(most + 1);
        }
        if (bytes.length > most) {
            throw new RefusedException("Expected at most %d bytes, but it has more".formatted(most));
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return (text.startsWith("\uFEFF") ? text.substring(1) : text).replace("\r\n", "\n");
        } catch (CharacterCodingException e) {
            throw new RefusedException("Expected UTF-8, but it has other bytes");
        }
    }

    /**
     * Looks without reading.
     *
     * @throws RefusedException if it is a link, a folder, a device or nothing
     */
    public static void requireRegular(Path file) throws RefusedException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new RefusedException("Expected a regular file, but it is %s".formatted(kind(file)));
        }
    }

    private static String kind(Path file) {
        if (Files.isSymbolicLink(file)) {
            return "a symbolic link";
        }
        return Files.isDirectory(file) ? "a folder" : "something else, or not there";
    }
}
