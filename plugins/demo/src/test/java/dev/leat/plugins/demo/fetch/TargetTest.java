package dev.leat.plugins.demo.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @ParameterizedTest
    @CsvSource({"http://site.example,false,site.example,80", "HTTPS://site.example/a?b=c#d,true,site.example,443",
            "http://10.0.0.1:8080/,false,10.0.0.1,8080", "https://[2001:db8::1]:8443/,true,2001:db8::1,8443"})
    void shouldTakeUrlsApart(String url, boolean secure, String host, int port) throws FetchException {
        assertThat(Target.of(url))
                .isEqualTo(new Target(URI.create(url), secure, host, port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "site.example", "//site.example/", "ftp://site.example/", "file:///etc/passwd",
            "jar:http://site.example/a!/b", "mailto:a@site.example", "http://", "http:///path", "http:site.example",
            "http://user@site.example/", "http://user:secret@site.example/", "http://site.example:0/",
            "http://site.example:65536/", "http://site_example/", "http://127.1/", "http://site.example/ a",
            "http://site.example/\r\nX: y",
            "http://[::1/", "http://site.example/%zz"})
    void shouldRefuseWhatIsNoUrlOfTheWeb(String url) {
        assertThatThrownBy(() -> Target.of(url)).isInstanceOf(FetchException.class)
                .hasMessageStartingWith("Expected a URL");
    }

    @ParameterizedTest
    @CsvSource({"http://site.example,next,http://site.example/next",
            "http://site.example/a/b,c,http://site.example/a/c",
            "http://site.example/a/b,/c?d,http://site.example/c?d",
            "http://site.example/a,//other.example/b,http://other.example/b",
            "http://site.example/a,https://other.example,https://other.example"})
    void shouldFollowRelativeRedirects(String url, String location, String target) throws FetchException {
        assertThat(Target.of(url).redirected(location)).isEqualTo(Target.of(target));
    }

    @Test
    void shouldAskInAscii() throws FetchException {
        assertThat(Target.of("http://site.example:8080/grüße?q=%0d%0aX:%20y#part").request())
                .startsWith("GET /gr%C3%BC%C3%9Fe?q=%0d%0aX:%20y HTTP/1.1\r\nHost: site.example:8080\r\n")
                .endsWith("\r\nConnection: close\r\n\r\n");
        assertThat(Target.of("http://[2001:db8::1]").request()).startsWith("GET / HTTP/1.1\r\nHost: [2001:db8::1]\r\n");
    }
}
