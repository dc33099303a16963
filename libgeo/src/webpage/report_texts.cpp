#include <algorithm>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include <amayesh/analysis/travel_reach.hpp>
#include <amayesh/output/word_titles.hpp>

#include "webpage/report_parts.hpp"

namespace amayesh::detail {

namespace {

/// A text that runs over several lines of this file, on one.
std::string on_one_line(std::string_view text) {
    std::string line;
    for (const char c : text) {
        const bool is_space = c == ' ' || c == '\n';
        if (!is_space) line += c;
        if (is_space && !line.empty() && line.back() != ' ') line += ' ';
    }
    while (!line.empty() && line.back() == ' ') line.pop_back();
    return line;
}

template <class... Values>
std::string filled(std::string_view pattern, const Values&... values) {
    return fmt::format(fmt::runtime(on_one_line(pattern)), values...);
}

bool assesses_districts(const ReportInput& input) {
    return input.result.options.assessment.kind == UnitKind::rural_district;
}

/// Low, central and high; one number where they are equal.
Bilingual range_text(const Range& range) {
    if (range.low == range.high) return decimal_text(range.central);
    const Bilingual low = decimal_text(range.low);
    const Bilingual central = decimal_text(range.central);
    const Bilingual high = decimal_text(range.high);
    return {filled("{} (low {}, high {})", central.en, low.en, high.en),
            filled("{} (کم {}، زیاد {})", central.fa, low.fa, high.fa)};
}

std::string lower(std::string text) {
    if (!text.empty() && text.front() >= 'A' && text.front() <= 'Z')
        text.front() = static_cast<char>(text.front() - 'A' + 'a');
    return text;
}

Bilingual serving_statuses(const ReportInput& input) {
    Bilingual text;
    for (const ZoneStatus status : input.result.options.serving_statuses) {
        if (!text.en.empty()) text = {text.en + " or ", text.fa + " یا "};
        text.en += lower(std::string(word_title(to_string(status), TitleLanguage::english)));
        text.fa += word_title(to_string(status), TitleLanguage::persian);
    }
    return text;
}

/// Values of the run's parameters of that name.
std::vector<std::string> parameters(const ReportInput& input, std::string_view key) {
    std::vector<std::string> values;
    for (const ManifestEntry& entry : input.content.run.manifest)
        if (entry.section == "parameters" && entry.key == key && !entry.value.empty()) values.push_back(entry.value);
    return values;
}

Bilingual counts(const ReportInput& input) {
    const Rollup& nation = input.nation;
    const Bilingual all = whole_text(nation.units);
    const Bilingual over = whole_text(nation.over);
    const Bilingual limit = whole_text(input.result.options.assessment.over);
    const Bilingual not_over = whole_text(nation.not_over);
    const Bilingual unknown = whole_text(nation.threshold_unknown);
    return {
        filled("Looked at: {} {}. Of more than {} people: {}; not more: {}; population not known: {}.", all.en,
               nation.units == 1 ? unit_text(input).en : units_text(input).en, limit.en, over.en, not_over.en,
               unknown.en),
        filled(
            R"(بررسی‌شده: {} {}. با بیش از {} نفر: {}؛ با {} نفر یا کمتر: {}؛ با جمعیت نامعلوم: {}.)",
            all.fa, unit_text(input).fa, limit.fa, over.fa, limit.fa, not_over.fa, unknown.fa)};
}

/// Where minutes decide, which way they are of.
Bilingual minutes_method(const ReportInput& input) {
    const Bilingual limit = decimal_text(to_minutes(input.result.options.travel_limit));
    const Bilingual serving = serving_statuses(input);
    const Bilingual way = input.result.reach == ReachKind::roads
                              ? Bilingual{"over the roads", "از راه جاده‌ها"}
                              : Bilingual{"over the terrain", "از روی زمین"};
    return {
        filled(R"(A zone is in reach where the quickest way {} from the centre of the {} takes at most {} minutes. A
                      place without a way is neither near nor far. Zones that count: {}.)",
               way.en, unit_text(input).en, limit.en, serving.en),
        filled(
            R"(ناحیه صنعتی هنگامی در دسترس است که سریع‌ترین مسیر {} از مرکز {} حداکثر {} دقیقه باشد. جایی که مسیری
                      ندارد نه نزدیک به شمار می‌آید و نه دور. نواحی به‌شمارآمده: {}.)",
            way.fa, unit_text(input).fa, limit.fa, serving.fa)};
}

/// From how many places there is no way.
Bilingual ways_method(const ReportInput& input) {
    const TableRows rows = unroutable_rows(input.layers);
    const auto count = [&](TravelPlaceKind kind) {
        const FieldValue word = std::string(to_string(kind));
        return whole_text(std::ranges::count_if(rows.rows, [&](const auto& row) { return row.front() == word; }));
    };
    if (rows.rows.empty())
        return {"A way was found from every place, and to every zone that counts.",
                R"(از همه جاها و به همه نواحی به‌شمارآمده مسیر یافت شد.)"};
    const Bilingual units = count(TravelPlaceKind::unit);
    const Bilingual settlements = count(TravelPlaceKind::settlement);
    const Bilingual zones = count(TravelPlaceKind::zone);
    return {
        filled(R"(Without a way: centres of rural districts {}, settlements {}, zones that count {}. The table of places
                      without a way names them, with the reason.)",
               units.en, settlements.en, zones.en),
        filled(
            R"(بی‌مسیر: مرکز دهستان {}، آبادی {}، ناحیه به‌شمارآمده {}. جدول جاهای بی‌مسیر آن‌ها را با علت نام
                      می‌برد.)",
            units.fa, settlements.fa, zones.fa)};
}

Bilingual reach_method(const ReportInput& input) {
    if (input.result.reach != ReachKind::straight) return minutes_method(input);
    const Bilingual reach = decimal_text(input.result.standards.zone_reach.value());
    const Bilingual serving = serving_statuses(input);
    const Bilingual measure = input.result.options.metric == Metric::geodesic
                                  ? Bilingual{"as the shortest line on the earth's surface",
                                              "به صورت کوتاه‌ترین خط روی سطح زمین"}
                                  : Bilingual{"in the plane of the map projection", "در صفحه سیستم تصویر نقشه"};
    return {
        filled(R"(A zone is in reach where its nearest point is at most {} km from the centre of the {}, measured {};
                      inside the zone the distance is 0. Zones that count: {}.)",
               reach.en, unit_text(input).en, measure.en, serving.en),
        filled(
            R"(ناحیه صنعتی هنگامی در دسترس است که نزدیک‌ترین نقطه آن حداکثر {} کیلومتر از مرکز {} فاصله
                      داشته باشد؛ فاصله {} سنجیده می‌شود و درون ناحیه صفر است. نواحی به‌شمارآمده: {}.)",
            reach.fa, unit_text(input).fa, measure.fa, serving.fa)};
}

Bilingual people_method() {
    return {
        on_one_line(R"(People left out are counted settlement by settlement where the populations of settlements are
                           known; otherwise all people follow the centre. Where some are not known there is a least and
                           a most number.)"),
        on_one_line(
            R"(جمعیت بی‌بهره، هر جا جمعیت آبادی‌ها معلوم باشد، آبادی به آبادی شمرده می‌شود؛ در غیر این صورت
                           همه پیرو مرکز به شمار می‌آیند. هر جا برخی نامعلوم باشد، حداقل و حداکثر آمده است.)")};
}

Bilingual reuse_method(LandReuse reuse) {
    if (reuse == LandReuse::none)
        return {"Vacant land of existing zones was not promised: everything is new land.",
                "زمین خالی نواحی موجود واگذار نشده است: همه زمین جدید است."};
    return {
        on_one_line(R"(Vacant and repossessable land of zones in reach is promised first, each hectare once; what is
                           then missing is a new zone.)"),
        on_one_line(
            R"(نخست زمین خالی و قابل بازپس‌گیری نواحی در دسترس واگذار می‌شود، هر هکتار تنها یک بار؛ آنچه
                           کم بماند ناحیه جدید است.)")};
}

Bilingual land_method(const ReportInput& input) {
    constexpr std::int64_t people = 1'000;
    const GapStandards& standards = input.result.standards;
    const Bilingual target = range_text(standards.target_ha_per_1000_people);
    const Bilingual least = decimal_text(standards.least_zone.value());
    const Bilingual largest = decimal_text(standards.largest_zone.value());
    const Bilingual reuse = reuse_method(input.result.options.reuse);
    return {
        filled("Land needed: {} ha for each {} people, at least {} and at most {} ha. {}", target.en,
               whole_text(people).en, least.en, largest.en, reuse.en),
        filled(
            R"(زمین لازم: {} هکتار برای هر {} نفر، دست‌کم {} و حداکثر {} هکتار. {})",
            target.fa, whole_text(people).fa, least.fa, largest.fa, reuse.fa)};
}

Bilingual sharing_method(Sharing sharing) {
    if (sharing == Sharing::even)
        return {"so that the worst-off get as large a share as can be",
                "چنان که سهم کم‌بهره‌ترین‌ها هرچه بیشتر شود"};
    return {"so that as much as possible is served, over the shortest distances",
            R"(چنان که بیشترین مقدار و در کوتاه‌ترین فاصله تأمین شود)"};
}

Bilingual utility_method(const ReportInput& input) {
    const auto reach = [&](UtilityKind utility) {
        return decimal_text(input.result.standards.utility_reach[utility].value());
    };
    const Bilingual water = reach(UtilityKind::water);
    const Bilingual power = reach(UtilityKind::power);
    const Bilingual gas = reach(UtilityKind::gas);
    const Bilingual telecom = reach(UtilityKind::telecom);
    const Bilingual sharing = sharing_method(input.result.options.sharing);
    return {
        filled(R"(Each hectare asks for water, power and gas as the standards say. Sources within {} km (water),
                      {} km (power), {} km (gas) and {} km (telecom) can serve it. What a source can firmly give beyond
                      its use and its commitments is shared among all who compete for it, {}; no source gives more than
                      it has.)",
               water.en, power.en, gas.en, telecom.en, sharing.en),
        filled(
            R"(هر هکتار طبق استانداردها آب، برق و گاز می‌خواهد. منابع تا {} کیلومتر (آب)، {} کیلومتر (برق)،
                      {} کیلومتر (گاز) و {} کیلومتر (مخابرات) می‌توانند آن را تأمین کنند. آنچه هر منبع افزون بر مصرف و
                      تعهدهایش به طور مطمئن می‌تواند بدهد میان همه متقاضیان تقسیم می‌شود، {}؛ هیچ منبعی بیش از ظرفیت
                      خود نمی‌دهد.)",
            water.fa, power.fa, gas.fa, telecom.fa, sharing.fa)};
}

Bilingual unknown_method() {
    return {
        on_one_line(R"(What is not known stays unknown: it is never counted as zero, and each total says how many it
                           leaves out. Low, central and high are cases of the standards in which all coefficients move
                           together; the figures are those of the central case, with the others as their range.)"),
        on_one_line(
            R"(آنچه معلوم نیست نامعلوم می‌ماند: هرگز صفر شمرده نمی‌شود و هر جمع می‌گوید چند مورد را در بر
                           ندارد. کم، میانه و زیاد حالت‌های استانداردها هستند که در آن‌ها همه ضریب‌ها با هم تغییر
                           می‌کنند؛ رقم‌ها از حالت میانه‌اند و دو حالت دیگر دامنه آن‌ها هستند.)")};
}

/// Dates of the data as the layers state them; nothing where none does.
std::optional<Bilingual> data_dates(const ReportInput& input) {
    const std::vector<std::string> as_of = parameters(input, "as_of");
    if (as_of.empty()) return std::nullopt;
    const bool solar = input.content.study.calendar == Calendar::solar_hijri;
    return Bilingual{filled("Dates of the data, as the study states them: {} ({}).", as_of.front(),
                            solar ? "Solar Hijri" : "Gregorian"),
                     filled("تاریخ داده‌ها به گفته مطالعه: {} ({}).",
                            persian_digits(as_of.front()), solar ? "هجری شمسی" : "میلادی")};
}

/// How much rests on our own assumptions.
Bilingual confidence_method(const ReportInput& input) {
    const auto& used = input.result.standards.used;
    const auto weak = std::ranges::count_if(
        used, [](const UsedCoefficient& one) { return one.coefficient.confidence == Confidence::d; });
    const Bilingual own = whole_text(weak);
    const Bilingual all = whole_text(static_cast<std::int64_t>(used.size()));
    return {
        filled(R"({} of the {} coefficients used are assumptions (confidence D); the table of standards names them all
                      with their sources.)",
               own.en, all.en),
        filled(
            R"({} ضریب از {} ضریب به‌کاررفته فرض است (اطمینان D)؛ جدول استانداردها همه را با منبعشان نام
                      می‌برد.)",
            own.fa, all.fa)};
}

}  // namespace

Bilingual unit_text(const ReportInput& input) {
    return assesses_districts(input) ? Bilingual{"rural district", "دهستان"} : Bilingual{"settlement", "آبادی"};
}

Bilingual units_text(const ReportInput& input) {
    return assesses_districts(input) ? Bilingual{"rural districts", "دهستان‌ها"}
                                     : Bilingual{"settlements", "آبادی‌ها"};
}

Bilingual zone_limit_text(const ReportInput& input) {
    if (input.result.reach != ReachKind::straight) {
        const Bilingual minutes = decimal_text(to_minutes(input.result.options.travel_limit));
        return {fmt::format("{} minutes", minutes.en), fmt::format("{} دقیقه راه", minutes.fa)};
    }
    const Bilingual km = decimal_text(input.result.standards.zone_reach.value());
    return {fmt::format("{} km", km.en), fmt::format("{} کیلومتر", km.fa)};
}

BilingualTexts question_texts(const ReportInput& input) {
    const Bilingual over = whole_text(input.result.options.assessment.over);
    const Bilingual reach = zone_limit_text(input);
    const std::string of_their_own = input.result.reach == ReachKind::straight ? reach.fa + "ی خود" : reach.fa;
    BilingualTexts texts;
    texts.add({filled("Which {} of more than {} people have no industrial zone within {}, and how many people is that?",
                      units_text(input).en, over.en, reach.en),
               filled(R"(کدام {} با بیش از {} نفر جمعیت تا {} ناحیه صنعتی ندارند، و این چند نفر است؟)",
                      units_text(input).fa, over.fa, of_their_own)});
    texts.add(
        {on_one_line(R"(What land, water, power, gas and telecom would they need, how much of it is there to be used
                              first, and where does it fall short?)"),
         on_one_line(
             R"(چه زمین، آب، برق، گاز و مخابراتی لازم دارند، چه اندازه از آن هم‌اکنون هست تا نخست به کار
                              رود، و کجا کم می‌آید؟)")});
    texts.add(counts(input));
    if (const auto places = parameters(input, "within"); !places.empty())
        texts.add(
            {filled("Only a part was assessed: {}. Zones and sources outside it count as well.",
                    fmt::join(places, ", ")),
             filled(
                 R"(تنها بخشی ارزیابی شده است: {}. نواحی و منابع بیرون از آن نیز به شمار آمده‌اند.)",
                 fmt::join(places, "، "))});
    return texts;
}

BilingualTexts method_texts(const ReportInput& input) {
    BilingualTexts texts;
    texts.add(reach_method(input));
    if (input.result.reach != ReachKind::straight) texts.add(ways_method(input));
    texts.add(people_method());
    texts.add(land_method(input));
    texts.add(utility_method(input));
    texts.add(unknown_method());
    if (auto dates = data_dates(input)) texts.add(std::move(*dates));
    texts.add(confidence_method(input));
    return texts;
}

}  // namespace amayesh::detail
