"""A small invented town with everything in it that must not get out, each thing with a mark that can be searched for."""
import support

# A mark, and the audiences that may read it.
MARKS = {
    "household id": ("HH-MARK-4711", ("internal",)),
    "owner": ("OWNERMARK Abdalla", ("internal",)),
    "phone": ("+218 91 555 1234", ("internal",)),
    "phone run together": ("0925551235", ("internal",)),
    "phone in Arabic digits": ("٠٩١٥٥٥١٢٣٦", ("internal",)),
    "e-mail": ("marked.person@example.org", ("internal",)),
    "form": ("0f8fad5b-d9cb-469f-a165-70867728950e", ("internal",)),
    "file": ("interviews_mark.xlsx", ("internal",)),
    "detention centre": ("DETMARK", ("internal",)),
    "site of unknown type": ("UNTYPEDMARK", ("internal",)),
    "internal site": ("INTERNALMARK", ("internal",)),
    "safe space": ("SAFEMARK", ("internal",)),
    "confidential service": ("CONFMARK", ("internal",)),
    "shelter of a survivor": ("GBVMARK", ("internal",)),
    "confidential channel": ("FEEDMARK", ("internal",)),
    "restricted site": ("RESTRICTEDMARK", ("internal", "humanitarian")),
    "public site": ("OPENMARK", ("internal", "humanitarian", "public")),
    "hospital": ("HOSPITALMARK", ("internal", "humanitarian", "public")),
}

# Positions whose coordinates must not get out, and who may read them.
PLACES = {
    "household": ((22.63111, 32.76111), ("internal",)),
    "detention centre": ((22.63222, 32.76222), ("internal",)),
    "safe space": ((22.63333, 32.76333), ("internal",)),
    "confidential service": ((22.63444, 32.76444), ("internal",)),
    "restricted site": ((22.63555, 32.76555), ("internal", "humanitarian")),
    "public site": ((22.63666, 32.76666), ("internal", "humanitarian")),
}

FILES = {
    "admin": """pcode,level,name_en,name_ar,source,WKT
LY0101,2,Derna,درنة,Bureau of Statistics,"POLYGON ((22.5 32.6,22.8 32.6,22.8 32.9,22.5 32.9,22.5 32.6))"
LY010102,3,Derna town,مدينة درنة,Bureau of Statistics,"POLYGON ((22.6 32.7,22.7 32.7,22.7 32.8,22.6 32.8,22.6 32.7))"
""",
    "site": """site_id,name_en,site_type,status,owner,pcode,sensitivity,capacity,source,lat,lon
s-open,OPENMARK school,collective_centre,open,OWNERMARK Abdalla,LY010102,public,300,Field team,32.76666,22.63666
s-restr,RESTRICTEDMARK hall,collective_centre,open,,LY010102,restricted,200,Field team +218 91 555 1234,32.76555,22.63555
s-det,DETMARK,detention_centre,open,,LY010102,public,80,Field team,32.76222,22.63222
s-untyped,UNTYPEDMARK,,open,,LY010102,public,80,Field team,32.761,22.637
s-int,INTERNALMARK,collective_centre,open,,LY010102,internal,80,Field team,32.762,22.638
""",
    "site_round": """site_id,round,date,households,individuals,source
s-open,7,2023-09-20,3,14,Field team
s-restr,7,2023-09-20,12,61,interviews_mark.xlsx
s-det,7,2023-09-20,9,44,DETMARK visit
""",
    "service": """service_id,name_en,sector,service_type,status,confidential,site_id,pcode,source,lat,lon
v-hosp,HOSPITALMARK,health,hospital,functional,,,LY010102,Field team 0925551235,32.765,22.64
v-safe,SAFEMARK,gbv,safe_space,functional,no,,LY010102,Field team,32.76333,22.63333
v-conf,CONFMARK,health,clinic,functional,yes,,LY010102,Field team,32.76444,22.63444
v-gbv,GBVMARK,protection,protection_desk,functional,,,LY010102,Field team,32.7641,22.6341
v-indet,DETMARK clinic,health,clinic,functional,no,s-det,LY010102,Field team,32.76222,22.63222
""",
    "feedback": """feedback_id,site_id,pcode,kind,operator,functional,confidential,languages,source
f-1,s-open,LY010102,hotline,Call ٠٩١٥٥٥١٢٣٦ or marked.person@example.org,yes,no,ar,Field team
f-2,s-open,LY010102,desk,FEEDMARK,yes,yes,ar,Field team
""",
    "household": """household_id,building_id,site_id,pcode,population_group,size,head_sex,source,lat,lon
HH-MARK-4711,b-1,s-open,LY010102,idp,3,female,uuid:0f8fad5b-d9cb-469f-a165-70867728950e,32.76111,22.63111
""",
    "road": """road_id,name_en,class,source,WKT
r-1,Main,primary,Field team 0f8fad5b-d9cb-469f-a165-70867728950e,"LINESTRING (22.62 32.76,22.65 32.77)"
""",
    "area_round": """pcode,round,date,population_group,households,individuals,source
LY010102,7,2023-09-20,idp,40,203,Field team
LY010102,7,2023-09-20,migrant,1,3,Field team
LY010102,7,2023-09-20,returnee,2,11,Field team
""",
    "hazard": """hazard_id,hazard,class,source,WKT
h-1,flood,high,Field team,"POLYGON ((22.62 32.755,22.65 32.755,22.65 32.764,22.62 32.764,22.62 32.755))"
""",
}


def build(test, workspace="w.gpkg"):
    """The workspace, in the current folder."""
    support.run("new", workspace)
    for layer, text in FILES.items():
        test.write(f"{layer}.csv", text)
        done = support.run("import", f"{layer}.csv", "-w", workspace, "--to", layer, "--crs", "EPSG:4326")
        test.assertEqual(done.returncode, 0, layer + done.stdout + done.stderr)
    return workspace
