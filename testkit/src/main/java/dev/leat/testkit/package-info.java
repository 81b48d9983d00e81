/** What tests share: a real broker and registry for JUnit, and a clock that is moved by hand. */
@NullMarked
package dev.leat.testkit;

import org.jspecify.annotations.NullMarked;
