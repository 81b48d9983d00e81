package dev.leat.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.lang.model.SourceVersion;

/**
 * A new plugin's Maven project. Its build needs a JDK, Maven and Maven Central: what is not there, Leat's plugin API and what
 * tests of plugins run with, lies in the project's own repository, so that nothing has to be installed on the author's machine or on his build server.
 *
 * @param id of the plugin
 * @param javaPackage of its classes
 */
record PluginProject(String id, String javaPackage) {

    private static final String SERVICE = "src/main/resources/META-INF/services/dev.leat.plugin.Plugin";

    /** @throws IllegalArgumentException if the package cannot be one */
    PluginProject {
        if (!SourceVersion.isName(javaPackage)) {
            throw new IllegalArgumentException("Expected a Java package such as org.example.mill, but got '"
                    + javaPackage + "'");
        }
    }

    /** The package for a plugin whose author names none. */
    static String defaultPackage(String id) {
        String last = id.replace("-", "");
        return "org.example." + (SourceVersion.isName(last) ? last : "plugin" + last);
    }

    /**
     * Writes the project.
     *
     * @throws StartFailedException where the folder has something in it
     */
    void writeTo(Path folder) throws IOException {
        requireEmpty(folder);
        for (Map.Entry<String, String> file : files().entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        for (LeatArtifact artifact : LeatArtifact.forPlugins()) {
            artifact.writeTo(folder.resolve("repository"));
        }
    }

    private static void requireEmpty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> content = Files.list(folder)) {
                if (content.findAny().isPresent()) {
                    throw new StartFailedException("Expected " + folder
                            + " to be empty or not there, but there is something in it; choose another --dir");
                }
            }
        }
    }

    /** The text files, by their paths. */
    Map<String, String> files() throws IOException {
        String sources = "src/main/java/" + javaPackage.replace('.', '/') + "/";
        Map<String, String> files = new LinkedHashMap<>();
        files.put("pom.xml", filled("pom.xml"));
        files.put("README.md", filled("README.md"));
        files.put(".gitignore", "target/\n.leat/\n");
        files.put(sources + className() + "Plugin.java", filled("Plugin.java"));
        for (String name : new String[]{"GreetInput.java", "GreetResult.java", "GreetHandler.java"}) {
            files.put(sources + name, filled(name));
        }
        files.put(SERVICE, javaPackage + "." + className() + "Plugin\n");
        for (String name : new String[]{"GreetHandlerTest.java", "GreetContractTest.java"}) {
            files.put("src/test/java/" + javaPackage.replace('.', '/') + "/" + name, filled(name));
        }
        return files;
    }

    /** {@code ImageTools} for {@code image-tools}. */
    private String className() {
        String joined = Arrays.stream(id.split("-"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
        return SourceVersion.isIdentifier(joined) ? joined : "The" + joined;
    }

    private String filled(String template) throws IOException {
        return template(template).replace("{{id}}", id)
                .replace("{{package}}", javaPackage)
                .replace("{{Name}}", className())
                .replace("{{leatVersion}}", Version.current());
    }

    /** The text of a template. */
    static String template(String name) throws IOException {
        try (InputStream in = PluginProject.class.getResourceAsStream("plugin/" + name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "Expected the template " + name + " in Leat's jar, but it is not there");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
