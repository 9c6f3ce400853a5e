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
package io.tagma.ordering.authentication;

/**
 * A key, or a file that should hold one, is refused. The message is one sentence for the operator, which names the file
 * or the key and says what is wrong with it.
 */
public final class KeyException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    /**
     * Says why.
     *
     * @param message one sentence for the operator.
     */
    public KeyException(final String message)
    {
        super(message);
    }

    /**
     * Says why, where something below said it first.
     *
     * @param message one sentence for the operator.
     * @param cause   what the operating system or the library said.
     */
    public KeyException(final String message, final Throwable cause)
    {
        super(message, cause);
    }
}
