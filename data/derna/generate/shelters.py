"""Places that might take people in, SYNTHETIC: public buildings of the invented town and open ground, good and bad
ones alike: in the flood, by the sea, on the slope, far from roads. Nothing says here which is which."""
import plane
from chance import between, share

FROM_FACILITY_M = 150.0      # as sites.csv: no nearer to a real hospital or school
APART_M = 600.0
PREMISES = {
    "school": ("school", "Demo school", "مدرسة تجريبية"),
    "sport": ("sports_hall", "Demo sports hall", "صالة رياضية تجريبية"),
    "worship": ("mosque", "Demo mosque", "مسجد تجريبي"),
    "hotel": ("hotel", "Demo hotel", "فندق تجريبي"),
    "institutional": ("public_building", "Demo public building", "مبنى عام تجريبي"),
    "culture": ("community_hall", "Demo community hall", "قاعة مجتمعية تجريبية"),
    "open": ("open_ground", "Demo open ground", "ساحة تجريبية"),
}
MOST_OF_A_KIND = {"school": 11, "worship": 4, "sport": 3, "hotel": 2, "institutional": 2, "culture": 2}
LIVING_SHARE = 0.6           # of the floors: no kitchens, toilets, corridors


class Shelters:
    """rows: dictionaries with the columns of the model layer site."""

    def __init__(self, given, town):
        self.given, self.taken, self.rows = given, [], []
        made = given.invented["sites"]
        kinds = {}
        for building in sorted(town.buildings, key=lambda b: (share(95, b.block), b.ring)):
            if kinds.get(building.use, 0) < MOST_OF_A_KIND.get(building.use, 0) and self.is_free(building.middle()):
                kinds[building.use] = kinds.get(building.use, 0) + 1
                floor = round(LIVING_SHARE * building.floors * abs(plane.area(building.ring)), 0)
                ground = round(floor * between(1.2, 4.0, 96, building.block))
                self.add(building.use, building.middle(), floor, ground, made)
        for place in given.line("sites", "open_grounds"):
            if self.is_free(place):
                self.add("open", place, 0.0, round(between(3000.0, 14000.0, 97, len(self.rows))), made)

    def is_free(self, place):
        return (all(plane.to_line(place, line) >= FROM_FACILITY_M for line in self.given.facility_lines())
                and all(plane.distance(place, other) >= APART_M for other in self.taken)
                and not self.given.is_in_facility(place))

    def add(self, use, place, floor, ground, made):
        self.taken.append(place)
        premises, name_en, name_ar = PREMISES[use]
        number = len(self.rows) + 1
        by_floor, by_ground = floor / made["m2_floor_a_person"], ground / made["m2_site_a_person"]
        self.rows.append({
            "site_id": "SYN-S%03d" % number,
            "name_en": "%s %d" % (name_en, number), "name_ar": "%s %d" % (name_ar, number),
            "site_type": "evacuation_centre" if number % 3 == 0 else "communal_building",
            "status": "planned", "premises": premises,
            "floor_area_m2": int(floor), "site_area_m2": int(ground),
            "capacity": int(max(by_floor, by_ground) if use == "open" else by_floor), "place": place})
