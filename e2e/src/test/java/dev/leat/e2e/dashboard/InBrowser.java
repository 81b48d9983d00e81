package dev.leat.e2e.dashboard;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A test of the dashboard: one at a time, as all of them share one Leat and one browser. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("broker")
@ExtendWith({BrowserExtension.class, DashboardExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock("dashboard")
@interface InBrowser {
}
