package dev.leat.submit.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

/**
 * The files of the dashboard, read from the class path once.
 *
 * <p>All of them lie below one folder that is named by the hash of what they contain. So the modules find each other by
 * relative paths, as they do on disk, and whatever has a URL never changes: a change of any file gives all of them new
 * URLs, and a page never runs with modules of two versions. Immutable, for any thread.
 */
@Singleton
final class DashboardFiles {

    /** Of the WebJars, as in the pom. */
    private static final String LIT = "META-INF/resources/webjars/lit-html/3.3.2/";
    private static final String UPLOT = "META-INF/resources/webjars/uplot/1.6.30/dist/";
    private static final String OWN = "dashboard/";
    private static final String PAGE = "index.html";

    /** What is loaded with the page. */
    private static final List<String> MODULES = List.of("api.js", "app.js", "dialog.js", "form.js", "format.js",
            "icons.js",
            "job-stream.js", "job-table.js", "json-view.js", "keyboard.js", "lit.js", "live.js", "paged-list.js",
            "queue-pages.js", "resource.js", "router.js", "schema.js", "settings.js", "store.js", "times.js",
            "toasts.js", "ui.js", "virtual-list.js", "views/batches.js", "views/charts.js", "views/dead-letters.js",
            "views/job.js", "views/plugins.js", "views/queue.js", "views/schedules.js", "views/submit.js",
            "views/workers.js");
    private static final List<String> LIT_MODULES = List.of("lit-html.js", "directive.js", "directive-helpers.js",
            "directives/repeat.js");
    /** What is no module, or is loaded when it is needed. */
    private static final List<String> OTHERS = List.of("charts.js", "icon.svg", "style.css", "theme.js");

    private static final int HASH_CHARACTERS = 16;

    private final Map<String, byte[]> contents;
    private final String hash;
    private final byte[] page;
    private final String pageHash;

    DashboardFiles() {
        contents = read();
        hash = hash(contents);
        page = page().getBytes(StandardCharsets.UTF_8);
        pageHash = hash(Map.of(PAGE, page));
    }

    private static Map<String, byte[]> read() {
        Map<String, byte[]> files = new TreeMap<>();
        MODULES.forEach(name -> files.put(name, load(OWN + name)));
        OTHERS.forEach(name -> files.put(name, load(OWN + name)));
        LIT_MODULES.forEach(name -> files.put("lib/lit-html/" + name, load(LIT + name)));
        files.put("lib/uplot/uPlot.esm.js", load(UPLOT + "uPlot.esm.js"));
        files.put("lib/uplot/uPlot.min.css", load(UPLOT + "uPlot.min.css"));
        return files;
    }

    private static byte[] load(String path) {
        try (InputStream in = DashboardFiles.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("Expected " + path + " on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Expected to read " + path + " from the class path", e);
        }
    }

    private static String hash(Map<String, byte[]> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, content) -> {
                digest.update((name + "\0" + content.length + "\0").getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Expected every JDK to have SHA-256", e);
        }
    }

    /** Modules that import each other would be found one round trip after the other: the page names them all. */
    private String page() {
        String preload = contents.keySet()
                .stream()
                .filter(name -> MODULES.contains(name) || name.startsWith("lib/lit-html/"))
                .map(name -> "<link rel=\"modulepreload\" href=\"/dashboard/@hash@/" + name + "\">")
                .collect(Collectors.joining("\n  "));
        return new String(load(OWN + PAGE), StandardCharsets.UTF_8).replace("@preload@", preload)
                .replace("@hash@", hash);
    }

    /** The page itself, in UTF-8. */
    byte[] html() {
        return page.clone();
    }

    /** Changes with whatever the page consists of. */
    String version() {
        return pageHash;
    }

    /**
     * A file below the folder of the hash.
     *
     * @return empty where the hash is of another version, or there is no such file
     */
    Optional<byte[]> find(String ofHash, String path) {
        return ofHash.equals(hash) ? Optional.ofNullable(contents.get(path)).map(byte[]::clone) : Optional.empty();
    }
}
