#include "study/planning_words.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include <amayesh/core/units.hpp>
#include <amayesh/study/name_folding.hpp>

namespace amayesh::detail {
namespace {

struct Synonyms {
    Notion notion;
    std::string_view words;  ///< Parted by commas; a group of words has spaces.
};

/// The one table of synonyms. Words are folded as names are, so that spelling and letters do not matter.
constexpr auto synonyms = std::to_array<Synonyms>({
    {Notion::country, "country,keshvar,کشور,adm0,admin0,nation,sov,iso,isocountry"},
    {Notion::province, "province,ostan,استان,adm1,admin1,region,prov,governorate"},
    {Notion::county, "county,counties,shahrestan,شهرستان,adm2,admin2"},
    {Notion::district, "district,bakhsh,بخش,adm3,admin3,subdistrict"},
    {Notion::rural_district, "rural district,dehestan,دهستان,adm4,admin4,dehs"},
    {Notion::city, "city,cities,shahr,شهر,town,شهری,municipality"},
    {Notion::settlement,
     "settlement,settlements,abadi,آبادی,village,villages,roosta,rusta,rosta,روستا,روستاها,deh,ده,place,places,"
     "populated place,populated places,locality,localities,hamlet"},
    {Notion::industry, "industry,industrial,industries,sanati,sanat,sanaye,صنعتی,صنعت,صنایع"},
    {Notion::estate,
     "estate,estates,zone,zones,industrial zone,industrial estate,industrial park,shahrak,شهرک,شهرکها,nahiye,nahie,"
     "nahieh,ناحیه,نواحی,navahi,mantaghe,منطقه,مناطق,mojtame,مجتمع,vizhe,vijhe,ویژه,special economic zone,shahrakha"},
    {Notion::plot, "plot,plots,parcel,parcels,ghete,ghetee,qete,ghataat,قطعه,قطعات,pelak,پلاک,lot,lots"},
    {Notion::supply_point,
     "substation,substations,post,posts,پست,پستها,source,sources,manba,منبع,منابع,makhzan,مخزن,مخازن,reservoir,"
     "tank,well,wells,chah,چاه,چاهها,pump,pumping,istgah,ایستگاه,station,stations,cgs,tbs,treatment plant,"
     "tasfiye khane,تصفیه خانه,تصفیهخانه,tower,towers,dakal,دکل,bts,exchange,feeder,فیدر,utility,utilities,supply,"
     "tamin,تامین,spring,dam,dams,سد,ghanat,qanat,قنات"},
    {Notion::power_plant,
     "power plant,power plants,power station,power stations,power unit,power units,niroogah,niroogahha,nirogah,"
     "نیروگاه,نیروگاهها,generator,generators,hydropower,turbine,hydroelectric,hydro"},
    {Notion::trunk_line,
     "pipeline,pipelines,khat,loole,trunk,trunk line,transmission,enteghal,انتقال,khat loole,خط لوله,khotoot,خطوط,"
     "lng,terminal"},
    {Notion::road,
     "road,roads,rah,rahha,راه,راهها,jadde,jaddeh,جاده,جادهها,highway,highways,street,streets,motorway,freeway,azadrah,"
     "آزادراه,bozorgrah,بزرگراه,route,routes,mehvar,محور"},
    {Notion::restriction,
     "constraint,constraints,restriction,restricted,protected,protected area,hefazat,hefazatshode,حفاظت,حفاظتشده,"
     "harim,حریم,fault,faults,gosal,گسل,گسلها,flood,seil,seyl,سیل,river,rivers,rood,رود,رودخانه,lake,lakes,دریاچه,"
     "wetland,talab,تالاب,forest,jangal,جنگل,military,nezami,نظامی,park melli,national park,farmland,mamnooe,ممنوعه"},
    {Notion::extraction_site,
     "oil gas field,oil gas fields,oil field,gas field,oil fields,gas fields,field,fields,oil,naft,نفت,extraction,mine,"
     "mines,maadan,معدن,production"},
    {Notion::transport_hub, "airport,airports,port,ports,harbour,foroodgah,فرودگاه,bandar,بندر,iata"},
    {Notion::factory,
     "factory,factories,plant,plants,karkhane,kargah,کارخانه,steel,iron,cement,siman,فولاد,refinery,smelter"},
    {Notion::urban_footprint, "urban,urban area,urban areas,footprint,builtup,land use,kaarbari,کاربری"},
    {Notion::relief, "elevation,dem,dtm,srtm,etopo,ertefa,ارتفاع,relief,height"},
    {Notion::land_cover, "land cover,landcover,lulc,poshesh,پوشش"},
    {Notion::friction, "friction,cost surface,travel time"},
    {Notion::water, "water,ab,آب,abi,hydrant,well,wells,chah,چاه"},
    {Notion::power,
     "power,electric,electricity,bargh,barq,برق,elec,substation,substations,پست برق,post bargh,feeder,فیدر,voltage"},
    {Notion::gas, "gas,gaz,گاز,cgs,tbs"},
    {Notion::telecom,
     "telecom,telecommunication,telecommunications,mokhaberat,مخابرات,fibre,fiber,fibr,فیبر,internet,اینترنت,telephone,"
     "phone,tel,تلفن,bts,broadband,mobile"},
    {Notion::code,
     "code,codes,kod,kode,cod,cd,کد,شناسه,shenase,id,idnr,pcode,amar code,kod amari,کد آماری,kod "
     "amar,gid,ident,uid,key,"
     "identifier,شماره شناسایی,geocode,codec"},
    {Notion::row_number, "objectid,fid,ogc fid,row,radif,ردیف,gid,sequence,serial,شماره"},
    {Notion::name, "name,names,nam,naam,nm,nome,نام,esm,اسم,onvan,عنوان,title,label,nams"},
    {Notion::population,
     "population,pop,jam,jamiat,jamiyat,jameiat,jameiyat,jamyat,جمعیت,people,persons,person,inhabitants,nafar,نفر,"
     "nafarat"},
    {Notion::households,
     "household,households,hh,khanevar,khanvar,khanevade,خانوار,خانوارها,family,families,khanevars"},
    {Notion::kind,
     "kind,type,noe,nowe,no e,نوع,class,tip,category,placetype,featurecla,feature class,feature code,fclass"},
    {Notion::status, "status,state,vaziat,vaziyat,vazeiat,وضعیت,condition,hal,status display,operational status"},
    {Notion::area, "area,masahat,masaht,مساحت,hectares,hectare,sath,land,zamin,زمین"},
    {Notion::net, "net,khales,خالص,senati net"},
    {Notion::gross, "gross,nakhales,ناخالص,total,kol,کل"},
    {Notion::occupied, "occupied,used area,vagozar,vagozari,واگذار,واگذارشده,واگذار شده,eshghal,اشغال,sold,allocated"},
    {Notion::vacant, "vacant,khali,خالی,available,free,empty,unsold,remaining,baghimande,باقیمانده"},
    {Notion::capacity,
     "capacity,zarf,zarfiat,zarfiyat,ظرفیت,cap,ghodrat,qodrat,قدرت,nominal,debi,دبی,discharge,installed,tavan,توان,"
     "discharge rate"},
    {Notion::use,
     "use,used,usage,bar,بار,load,masraf,مصرف,consumption,demand,in use,draw,estefade,bahrebardari,peak load"},
    {Notion::committed, "committed,commitment,taahod,tahhod,تعهد,تعهدشده,reserved,promised"},
    {Notion::reach, "reach,radius,shoa,شعاع,service radius,range"},
    {Notion::price, "price,gheymat,gheimat,قیمت,cost,hazine,هزینه,connection price,tariff,bahaa"},
    {Notion::places_of_work, "unit,units,vahed,vahedha,واحد,واحدها,plants,factories,enterprises,firms"},
    {Notion::jobs, "jobs,employment,employees,workers,eshteghal,اشتغال,shaghel,شاغل,شاغلان,workforce,shaghelan"},
    {Notion::operating, "operating,active,faal,فعال,in operation,bahrebardar,بهره برداری,running"},
    {Notion::idle, "idle,raked,راکد,inactive,stopped,closed,tatil,تعطیل,gheirefaal,غیرفعال"},
    {Notion::planned, "planned,proposed,pishnahadi,tarh,طرح,under construction,dar dast ejra,future"},
    {Notion::sewer, "sewer,sewage,wastewater,fazelab,فاضلاب,effluent"},
    {Notion::green, "green,sabz,سبز,fazaye sabz,green space"},
    {Notion::fire_station, "fire station,fire,atashneshani,atash neshani,آتش نشانی,آتشنشانی"},
    {Notion::company, "operator,owner,company,sherkat,شرکت,bahrebardar,parent,malek,مالک,karfarma,authority"},
    {Notion::project, "project,projects,proje,porozhe,پروژه,طرح صنعتی"},
    {Notion::date,
     "date,contract date,tarikh,تاریخ,year,sal,سال,valid,changed,updated,start,commissioning,until,expiry,expires,"
     "enghaza,انقضا"},
    {Notion::progress, "progress,pishraft,پیشرفت,completion"},
    {Notion::sector, "sector,industry group,goroh,گروه,reshte,رشته,isic,activity,faaliat,فعالیت,rasteh"},
    {Notion::speed, "speed,maxspeed,sorat,sorrat,سرعت,kph,kmh"},
    {Notion::one_way, "oneway,one way,yektarafe,یکطرفه"},
    {Notion::deprivation, "deprivation,mahroom,mahrom,mahroomiat,محروم,محرومیت,barkhordari,برخورداری,poverty"},
    {Notion::served, "served,coverage,daraye,دارای,bahremand,بهره مند,connected,access,dastresi,دسترسی,share,sahm,سهم"},
    {Notion::centre, "centre,center,markaz,مرکز,seat,capital,markazi"},
    {Notion::longitude, "lon,lng,long,longitude,tool,tul,طول,طول جغرافیایی,longt"},
    {Notion::latitude, "lat,latitude,arz,عرض,عرض جغرافیایی"},
    {Notion::easting, "x,east,easting,xutm,utmx,xcoord,utm x,coordx,point x"},
    {Notion::northing, "y,north,northing,yutm,utmy,ycoord,utm y,coordy,point y"},
    {Notion::geometry, "wkt,geometry,geom,the geom,shape wkt"},
    {Notion::rate, "bandwidth,pahnaye band,پهنای باند,mbps,throughput"},
    {Notion::english, "en,eng,english,latin,engl,ascii,انگلیسی,لاتین"},
    {Notion::persian, "fa,fas,per,persian,farsi,فارسی"},
    {Notion::other_language,
     "ar,de,es,fr,ru,zh,tr,ku,az,pt,it,ja,arabic,turkish,alt,alternate,other names,other language"},
    {Notion::unit_of_measure,
     "ha,km,km2,sqkm,m2,sqm,mw,kw,mva,kva,kv,lps,m3,m3h,m3day,mbit,hectare,hectares,هکتار,مگاوات,کیلووات,لیتر,acres,"
     "ttpa,mtpa,bcm,percent,darsad,درصد"},
    {Notion::peak, "peak,piek,پیک,summer,winter,tabestan,zemestan,تابستان,زمستان"},
    {Notion::largest, "max,maximum,largest,biggest"},
    {Notion::smallest, "min,minimum,smallest"},
    {Notion::other,
     "other,misc,sayer,سایر,details,table,display,search,legend,tracker,note,scaling,count,num,tedad,تعداد"},
    {Notion::male, "male,males,mal,m,ml,man,men,mard,مرد,مردان"},
    {Notion::female, "female,females,fem,f,fm,fml,woman,women,zan,زن,زنان"},
    {Notion::measure,
     "perimeter,mohit,محیط,length,leng,tul khat,shape,shape length,shape area,generation,scalerank,zoom,bbox"},
    {Notion::web, "url,wiki,link,website,http,web,wikidata,wikidataid"},
    {Notion::rank, "rank,scale,order,priority,level,ratbe,رتبه"},
    {Notion::accuracy, "accuracy,precision,deghat,دقت,quality"},
    {Notion::origin, "src,data source,geolocation source,makhaz,ماخذ,source of data,manabe"},
});

/// Folded word or group of words → what it may stand for.
using WordTable = std::map<std::string, std::vector<Notion>, std::less<>>;

constexpr double cut_word = 0.85;
constexpr double vowelless_word = 0.8;
constexpr double joined_word = 0.9;
constexpr std::size_t fewest_letters_of_cut_word = 5;
constexpr std::size_t fewest_consonants = 3;
constexpr std::size_t most_words_in_group = 3;

const WordTable& words() {
    static const WordTable table = [] {
        WordTable result;
        for (const Synonyms& entry : synonyms) {
            std::string_view rest = entry.words;
            while (!rest.empty()) {
                const std::size_t end = std::min(rest.find(','), rest.size());
                std::vector<Notion>& notions = result[fold_name(rest.substr(0, end))];
                if (std::ranges::find(notions, entry.notion) == notions.end()) notions.push_back(entry.notion);
                rest.remove_prefix(std::min(end + 1, rest.size()));
            }
        }
        return result;
    }();
    return table;
}

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Spaces where a hump or a number begins or ends: "countyName2016" → "county Name 2016".
std::string part_humps(std::string_view utf8) {
    std::string parted;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const char before = i > 0 ? utf8[i - 1] : ' ';
        const bool hump = is_lower(before) && is_upper(utf8[i]);
        const bool number = is_digit(before) != is_digit(utf8[i]) && before != ' ' && utf8[i] != '.' && before != '.';
        if (i > 0 && (hump || number)) parted += ' ';
        parted += utf8[i];
    }
    return parted;
}

std::vector<std::string> split_words(std::string_view utf8) {
    std::vector<std::string> parts;
    const std::string folded = fold_name(part_humps(utf8));
    std::size_t begin = 0;
    while (begin < folded.size()) {
        const std::size_t end = std::min(folded.find(' ', begin), folded.size());
        if (end > begin) parts.push_back(folded.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

std::string without_vowels(std::string_view word) {
    std::string consonants;
    for (const char c : word)
        if (consonants.empty() || std::string_view("aeiou").find(c) == std::string_view::npos) consonants += c;
    return consonants;
}

bool is_ascii_word(std::string_view word) {
    return std::ranges::all_of(word, [](char c) { return is_lower(c); });
}

/// The notions of all words of the table that `test` accepts, where they agree; nothing where they don't.
template <class Test>
const std::vector<Notion>* agreed_notions(const Test& test) {
    const std::vector<Notion>* agreed = nullptr;
    for (const auto& [word, notions] : words()) {
        if (!test(word)) continue;
        if (agreed != nullptr && agreed->front() != notions.front()) return nullptr;
        agreed = &notions;
    }
    return agreed;
}

void add(const std::vector<Notion>& notions, double certainty, NameReading& reading) {
    reading.words.push_back({notions, certainty});
}

/// "kodostan" = "kod" + "ostan"; both must be words.
bool read_joined(std::string_view word, NameReading& reading) {
    constexpr std::size_t fewest_letters = 2;
    for (std::size_t cut = word.size() - fewest_letters; cut >= fewest_letters && cut < word.size(); --cut) {
        const auto first = words().find(word.substr(0, cut));
        const auto second = words().find(word.substr(cut));
        if (first == words().end() || second == words().end()) continue;
        if (std::min(cut, word.size() - cut) < 3 && first->second.front() != Notion::code &&
            second->second.front() != Notion::code && first->second.front() != Notion::name &&
            second->second.front() != Notion::name)
            continue;
        add(first->second, joined_word, reading);
        add(second->second, joined_word, reading);
        return true;
    }
    return false;
}

bool read_cut(std::string_view word, NameReading& reading) {
    if (word.size() < fewest_letters_of_cut_word) return false;
    const auto* notions = agreed_notions(
        [&](const std::string& known) { return known.starts_with(word) && known.find(' ') == std::string::npos; });
    if (notions == nullptr) return false;
    add(*notions, cut_word, reading);
    return true;
}

/// Words that differ in their vowels alone: cut short ("prvnc") or transliterated otherwise ("jameiat", "rakd").
bool read_vowelless(std::string_view word, NameReading& reading) {
    const std::string skeleton = without_vowels(word);
    if (skeleton.size() < fewest_consonants || !is_ascii_word(word)) return false;
    const auto* notions = agreed_notions([&](const std::string& known) {
        return known.front() == word.front() && is_ascii_word(known) && without_vowels(known) == skeleton;
    });
    if (notions == nullptr) return false;
    add(*notions, vowelless_word, reading);
    return true;
}

void read_number(const std::string& digits, NameReading& reading) {
    constexpr std::size_t most_digits = 9;
    if (digits.size() > most_digits) return;
    const int number = std::stoi(digits);
    const bool is_year = (number >= 1300 && number < 1500) || (number >= 1900 && number < 2100);
    (is_year ? reading.years : reading.numbers).push_back(number);
}

void read_word(const std::string& word, NameReading& reading) {
    if (std::ranges::all_of(word, is_digit)) {
        read_number(word, reading);
        return;
    }
    if (read_joined(word, reading) || read_cut(word, reading) || read_vowelless(word, reading)) return;
    ++reading.unknown_words;
}

/// The longest group of words from `begin` on that the table has; 0 where it has none.
std::size_t known_group(const std::vector<std::string>& parts, std::size_t begin, NameReading& reading) {
    for (std::size_t count = std::min(most_words_in_group, parts.size() - begin); count > 0; --count) {
        std::string group = parts[begin];
        for (std::size_t i = 1; i < count; ++i) group += ' ' + parts[begin + i];
        std::string joined = group;
        std::erase(joined, ' ');
        auto found = words().find(group);
        if (found == words().end() && count > 1) found = words().find(joined);
        if (found == words().end()) continue;
        add(found->second, 1.0, reading);
        return count;
    }
    return 0;
}

}  // namespace

bool ReadWord::means(Notion notion) const noexcept { return std::ranges::find(notions, notion) != notions.end(); }

double NameReading::certainty_of(Notion notion) const noexcept {
    double certainty = 0;
    for (const ReadWord& word : words)
        if (word.means(notion)) certainty = std::max(certainty, word.certainty);
    return certainty;
}

NameReading read_name(std::string_view utf8) {
    NameReading reading;
    const std::vector<std::string> parts = split_words(utf8);
    for (std::size_t i = 0; i < parts.size();) {
        if (const std::size_t count = known_group(parts, i, reading); count > 0) {
            i += count;
            continue;
        }
        read_word(parts[i], reading);
        ++i;
    }
    return reading;
}

std::vector<Notion> notions_in_text(std::string_view utf8) {
    NameReading reading;
    const std::vector<std::string> parts = split_words(utf8);
    for (std::size_t i = 0; i < parts.size();) i += std::max<std::size_t>(1, known_group(parts, i, reading));
    std::vector<Notion> notions;
    for (const ReadWord& word : reading.words) notions.insert(notions.end(), word.notions.begin(), word.notions.end());
    return notions;
}

std::string unit_in_name(std::string_view utf8) {
    std::string word;
    std::string unit;
    const auto close = [&] {
        if (word.size() > 1 && find_unit(word)) unit = word;
        word.clear();
    };
    for (const char c : utf8) {
        if (is_lower(c) || is_upper(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80)
            word += c;
        else
            close();
    }
    close();
    return unit;
}

}  // namespace amayesh::detail
