#include <catch2/catch.hpp>

#include <amayesh/model/industrial_zone.hpp>
#include <amayesh/model/road.hpp>
#include <amayesh/model/settlement.hpp>
#include <amayesh/model/utility.hpp>
#include <amayesh/model/utility_source.hpp>

using namespace amayesh;

TEST_CASE("the text of a kind reads back as that kind", "[model][words]") {
    for (const UtilityKind kind : all_utilities) CHECK(parse_utility(to_string(kind)) == kind);
    using enum TelecomClass;
    for (const TelecomClass value : {none, phone, copper, fibre}) CHECK(parse_telecom_class(to_string(value)) == value);
    for (const ZoneKind kind :
         {ZoneKind::industrial_estate, ZoneKind::industrial_zone, ZoneKind::special_economic_zone, ZoneKind::other})
        CHECK(parse_zone_kind(to_string(kind)) == kind);
    for (const ZoneStatus status : {ZoneStatus::operating, ZoneStatus::under_construction, ZoneStatus::approved,
                                    ZoneStatus::planned, ZoneStatus::closed, ZoneStatus::unknown})
        CHECK(parse_zone_status(to_string(status)) == status);
    for (const PlotState state : {PlotState::vacant, PlotState::contracted, PlotState::under_construction,
                                  PlotState::operating, PlotState::idle, PlotState::repossessable, PlotState::unknown})
        CHECK(parse_plot_state(to_string(state)) == state);
    for (const SettlementKind kind : {SettlementKind::village, SettlementKind::city, SettlementKind::block,
                                      SettlementKind::nomadic, SettlementKind::other, SettlementKind::unknown})
        CHECK(parse_settlement_kind(to_string(kind)) == kind);
    for (const SourceRole role : {SourceRole::distribution, SourceRole::context})
        CHECK(parse_source_role(to_string(role)) == role);
}

TEST_CASE("Persian words are known, others are not guessed", "[model][words]") {
    CHECK(parse_utility("برق") == UtilityKind::power);
    CHECK(parse_zone_kind("ناحیه صنعتی") == ZoneKind::industrial_zone);
    CHECK(parse_zone_status("در حال ساخت") == ZoneStatus::under_construction);
    CHECK(parse_plot_state("خالی") == PlotState::vacant);
    CHECK(parse_settlement_kind("روستا") == SettlementKind::village);
    CHECK(parse_telecom_class("فیبر نوری") == TelecomClass::fibre);
    CHECK_FALSE(parse_utility("steam"));
    CHECK_FALSE(parse_zone_status(""));
}

TEST_CASE("classes of roads are known in Persian", "[model][words]") {
    CHECK(parse_road_class("جاده اصلی") == "primary");
    CHECK(parse_road_class("درجه یک") == "primary");
    CHECK(parse_road_class("درجه دو") == "secondary");
    CHECK(parse_road_class("شوسه") == "unclassified");
    CHECK(parse_road_class("کوچه") == "residential");
    CHECK_FALSE(parse_road_class("اسفالته"));  // of whichever class
}

TEST_CASE("telecom classes rise", "[model][words]") {
    CHECK((TelecomClass::none < TelecomClass::phone && TelecomClass::phone < TelecomClass::copper &&
           TelecomClass::copper < TelecomClass::fibre));
}
