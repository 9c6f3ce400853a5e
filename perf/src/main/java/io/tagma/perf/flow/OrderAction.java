/*
 * Copyright 2026 The Tagma Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.tagma.perf.flow;

/**
 * What happened to an order. The text in a file is the lower case name.
 */
public enum OrderAction
{
    /** It was entered: a new order. */
    CREATED("created"),

    /** Its open volume is another: an amendment. */
    CHANGED("changed"),

    /** It left the book, filled or cancelled: a cancellation. */
    DELETED("deleted");

    private final String text;

    OrderAction(final String text)
    {
        this.text = text;
    }

    /**
     * As written in a file.
     *
     * @return lower case.
     */
    public String text()
    {
        return text;
    }
}
