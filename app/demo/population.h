// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/scenario.h"
#include "models/telemetry/time.h"

#include <cstdint>
#include <string>
#include <vector>

namespace telltale::demo {

/// One person and the device they use. Pointers go into the scenario.
struct Person
{
    std::uint64_t key = 0; ///< where this person's randomness comes from
    std::string id;        ///< "u-" and twelve hex digits
    const Place *place = nullptr;
    const Platform *platform = nullptr;
    const Device *device = nullptr;
    const OsVersion *osVersion = nullptr;
    const char *plan = "free";
    Instant joined, left;
    double activity = 0;    ///< how likely they come on a day
    double earlyBird = 0.5; ///< 0: in the evening, 1: in the morning

    bool isThere(Instant time) const { return joined <= time && time < left; }
};

/// Everybody who ever uses the product: some since long, some new, some gone again. Pure function of its
/// arguments. `epoch` is the run's: joining and leaving are relative to it.
std::vector<Person> makePopulation(const Scenario &scenario, std::uint64_t seed, std::size_t users,
                                   Instant epoch);

/// Minutes east of Greenwich at `place`, with daylight saving by the rules of 1996 (Europe) and 2007
/// (America).
int utcOffsetMinutes(const Place &place, Instant time);

/// The release this person has installed at that time: the newest whose rollout has reached them.
const Release &installedRelease(const Scenario &scenario, const Person &person, Instant epoch, Instant time);

} // namespace telltale::demo
