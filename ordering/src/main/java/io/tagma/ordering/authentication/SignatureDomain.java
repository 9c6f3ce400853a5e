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

import io.tagma.codecs.FrameLayout;

/**
 * What a signature is for. Its tag comes before the signed bytes, so that no signature is ever worth anything for
 * another purpose.
 */
public enum SignatureDomain
{
    /** A client signs the body of a bundle. */
    BUNDLE(FrameLayout.BUNDLE_DOMAIN),
    /** A replica signs the content of a checkpoint. */
    CHECKPOINT(FrameLayout.CHECKPOINT_DOMAIN),
    /** A replica signs that it wants to leave a view. */
    COMPLAINT(FrameLayout.COMPLAINT_DOMAIN),
    /** A replica signs what it brings along into a view. */
    VIEW_CHANGE(FrameLayout.VIEW_CHANGE_DOMAIN),
    /** A replica signs what a view that it leads takes over. */
    NEW_VIEW(FrameLayout.NEW_VIEW_DOMAIN),
    /** An administrator signs the configuration of an epoch that begins with a RECOVER. */
    RECOVERY(FrameLayout.RECOVERY_DOMAIN);

    private final String tag;

    SignatureDomain(final String tag)
    {
        this.tag = tag;
    }

    String tag()
    {
        return tag;
    }
}
