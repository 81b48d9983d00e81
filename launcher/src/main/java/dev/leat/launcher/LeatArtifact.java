package dev.leat.launcher;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

import org.jspecify.annotations.NullMarked;

import dev.leat.plugin.Plugin;

import jakarta.validation.Constraint;

/**
 * Leat's plugin API as an artifact in a Maven repository: the jar that this very Leat runs with, under a POM that needs no
 * parent and names what the API exposes.
 *
 * @param classes the jar, or the folder of classes where Leat runs from its build
 */
record PluginApiArtifact(Path classes, String pom, String version) {

    private static final String GROUP = "dev/leat";
    private static final String ARTIFACT = "leat-plugin-api";

    static PluginApiArtifact ofThisVersion() throws IOException {
        String version = Version.current();
        return new PluginApiArtifact(home(Plugin.class), PluginProject.template(ARTIFACT + ".pom")
                .replace("{{leatVersion}}", version)
                .replace("{{validationVersion}}", versionOf(Constraint.class))
                .replace("{{jspecifyVersion}}", versionOf(NullMarked.class)), version);
    }

    /** Writes jar and POM to their places in a repository. */
    void writeTo(Path repository) throws IOException {
        Path folder = repository.resolve(GROUP).resolve(ARTIFACT).resolve(version);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(file(".pom")), pom);
        Path jar = folder.resolve(file(".jar"));
        if (Files.isDirectory(classes)) {
            pack(jar);
        } else {
            Files.copy(classes, jar);
        }
    }

    private String file(String extension) {
        return ARTIFACT + "-" + version + extension;
    }

    private void pack(Path jar) throws IOException {
        try (JarOutputStream packed = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                packed.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, packed);
                packed.closeEntry();
            }
        }
    }

    /** What the manifest of a library's jar says. */
    private static String versionOf(Class<?> type) throws IOException {
        try (JarFile jar = new JarFile(home(type).toFile())) {
            return Optional.ofNullable(jar.getManifest())
                    .map(Manifest::getMainAttributes)
                    .map(attributes -> attributes.getValue("Bundle-Version"))
                    .orElseThrow(() -> new IllegalStateException("Expected a version in " + jar.getName()
                            + ", but there is none"));
        }
    }

    private static Path home(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Expected " + type + " to come from a file, but: " + e.getMessage(), e);
        }
    }
}
